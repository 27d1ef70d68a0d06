import { describe, expect, test } from 'vitest';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { registered } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import { linkTrip, newStranger, questionOf, roundTrip } from '../support/provider-trips.ts';
import type { Answer } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { logPlaces } from './log-places.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { sharedDirectory } from './the-server.ts';

const PEOPLE = 16;
const patience = 240_000;

describe.each(logPlaces)('two servers on one log, $name:', ({ environment, settled }) => {
  test(
    'G13, F9: of sixteen accounts that connect one identity at once through either, one wins',
    async () => {
      const [local, where, dataDir] = [
        await startLocalProvider(),
        await environment(),
        sharedDirectory(),
      ];
      const variables = { ...pointedAt(local), ...where };
      const apps = await Promise.all([
        appOfTest(variables, { dataDir }),
        appOfTest(variables, { dataDir }),
      ]);
      const stranger = newStranger();
      const asked: (() => Promise<Answer>)[] = [];
      const people: Awaited<ReturnType<typeof registered>>[] = [];
      for (let index = 0; index < PEOPLE; index += 1) {
        const app = apps[index % 2];
        if (!app) throw new Error('there are two');
        const person = await registered(browserAt(app));
        const callback = await linkTrip(person.client, 'github', stranger);
        const { fields } = (await questionOf(person.client, callback)).form('pending');
        people.push(person);
        asked.push(() => person.client.post(callback.location ?? '', fields));
      }

      const answers = await Promise.all(asked.map((ask) => settled(ask)));

      const won = answers.flatMap(({ status }, index) => (status === 303 ? [index] : []));
      expect(won).toHaveLength(1);
      for (const { status, refusal } of answers) {
        if (status !== 303) expect([status, refusal]).toEqual([409, 'identity-taken']);
      }
      for (const app of apps) {
        const fresh = browserAt(app);
        expect(await roundTrip(fresh, { role: 'github' }, stranger)).toMatchObject({
          location: '/',
        });
        expect((await fresh.get('/')).text).toContain(people[won[0] ?? 0]?.person.name);
      }
      await Promise.all(apps.map((app) => app.kill()));
      expect(await brokenInvariantsIn(dataDir, where)).toEqual([]);
      await local.close();
    },
    patience,
  );
});
