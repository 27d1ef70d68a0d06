import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { register, registered, signIn } from '../support/people.ts';
import { brokenInvariantsIn } from './files.ts';
import { appOfTest, browserAt } from './the-app.ts';

/** How often it is killed; more by `KILL_ROUNDS` where there is time. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? '6');
const PAGE = '/settings/delete';

/** Ids of the erased list by what it says of them. */
function listed(dataDir: string): { readonly deleted: number; readonly erased: number } {
  const text = readFileSync(join(dataDir, 'erased.jsonl'), 'utf8');
  const count = (what: string) => text.split('\n').filter((line) => line.includes(what)).length;
  return { deleted: count('deletedAt'), erased: count('erasedAt') };
}

test('F2 kill -9 while an account is deleted: the next start finishes it, or it never began', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-deletion-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const environment = { DELETE_GRACE_DAYS: '0' };
  let app = await appOfTest(environment, { dataDir });
  let erased = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { client, person } = await registered(browserAt(app));
    const typed = { confirmation: person.username, currentPassword: person.password };
    const fields = await client.fill(PAGE, typed);
    const answer = client.post(PAGE, fields).catch(() => undefined);
    await sleep(Math.random() * 40);
    await app.kill();
    const acknowledged = (await answer)?.status === 303;

    app = await appOfTest(environment, { dataDir });
    const again = await signIn(browserAt(app), person);
    const began = again.status === 400 || again.location === PAGE;
    if (acknowledged) expect(began).toBe(true);
    if (!began) continue;
    erased += 1;
    const wanted = { deleted: erased, erased };
    await expect.poll(() => listed(dataDir), { timeout: 30_000 }).toEqual(wanted);
    expect(await register(browserAt(app), person)).toMatchObject({ status: 303 });
  }
  await app.kill();
  expect(await brokenInvariantsIn(dataDir)).toEqual([]);
});
