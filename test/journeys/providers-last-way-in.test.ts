import { describe, expect, test } from 'vitest';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { isSignedIn } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import {
  connect,
  CONNECTIONS,
  disconnectForm,
  registeredBy,
  roundTrip,
} from '../support/provider-trips.ts';
import { brokenInvariantsIn } from './files.ts';
import { logPlaces } from './log-places.ts';
import { appOfTest, browserAt } from './the-app.ts';

const ROUNDS = 5;

describe.each(logPlaces)('F12: the two last ways in, $name:', ({ environment, settled }) => {
  test('two tabs that take one each at once: one is refused, one way in is left', async () => {
    const [local, where] = [await startLocalProvider(), await environment()];
    const app = await appOfTest({ ...pointedAt(local), ...where });
    const opens = async (role: 'acme' | 'github', stranger: object) =>
      (await roundTrip(browserAt(app), { role }, stranger)).location === '/';

    for (let round = 0; round < ROUNDS; round += 1) {
      const { client, stranger } = await registeredBy(browserAt(app), 'acme');
      const proof = { role: 'acme', page: `/reauth?redirectTo=${CONNECTIONS}` } as const;
      await roundTrip(client, proof, stranger);
      const second = await connect(client, 'github');
      const forms = [
        await disconnectForm(client, stranger.handle),
        await disconnectForm(client, second.handle),
      ];

      const answers = await Promise.all(
        forms.map((form) => settled(() => client.post(CONNECTIONS, form))),
      );

      const done = answers.filter(({ location }) => location === CONNECTIONS);
      expect(done).toHaveLength(1);
      // By the rule, or sent to the sign-in page by the session that the other one ended; the rule is asked first.
      const [lost] = answers.filter((answer) => !done.includes(answer));
      expect(lost?.refusal ?? lost?.location).toMatch(/^last-way-in$|^\/login\?/);
      const still = await Promise.all([opens('acme', stranger), opens('github', second)]);
      expect(still.filter(Boolean)).toHaveLength(1);
      expect(await isSignedIn(client)).toBe(true);
    }
    await app.kill();
    expect(await brokenInvariantsIn(app.dataDir, where)).toEqual([]);
    await local.close();
  }, 120_000);
});
