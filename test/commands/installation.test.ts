import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openInstallation } from '../../commands/installation.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { recordLogHead } from '../../commands/record-log-head.ts';
import { registerUser } from '../../commands/register-user.ts';
import { readEnvironment } from '../../config/environment.ts';
import { registration, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

const open = (dir: string, env: Readonly<Record<string, string>> = {}): Promise<Latchkey> =>
  openLatchkey(readEnvironment({ DATA_DIR: dir, BCRYPT_COST: '4', RATE_LIMITS: 'off', ...env }), {
    report: () => undefined,
  });

/** Runs the note-taking until it has seen what is in the log. */
async function noteHead({ deps, log }: Latchkey): Promise<void> {
  const logId = await log.logId;
  const end = new AbortController();
  const noting = recordLogHead(deps, logId, end.signal);
  await registerUser(deps, registration('noted'));
  await expect.poll(() => deps.vault.logHeads.get(), { timeout: 5_000 }).toMatchObject({ logId });
  end.abort();
  await noting;
}

const secrets = (pepper: string) => ({
  LATCHKEY_MASTER_KEYS: `m1:${Buffer.alloc(32, 1).toString('base64url')}`,
  LATCHKEY_COOKIE_SECRETS: Buffer.alloc(32, 2).toString('base64url'),
  LATCHKEY_PEPPER: Buffer.alloc(32, pepper.charCodeAt(0)).toString('base64url'),
});

describe('an installation', () => {
  test('knows its parts again', async () => {
    const dir = temporaryDirectory();
    const first = await open(dir);
    await first.close();
    const second = await open(dir);
    expect(await second.log.logId).toBe(await first.log.logId);
    await second.close();
  });

  test('refuses another vault, and says which part it is', async () => {
    const [dir, other] = [temporaryDirectory(), temporaryDirectory()];
    const env = secrets('a');
    await (await open(dir, env)).close();
    await (await open(other, env)).close();
    copyFileSync(join(other, 'vault.db'), join(dir, 'vault.db'));
    await expect(open(dir, env)).rejects.toMatchObject({
      code: 'installation-mismatch',
      message: expect.stringContaining('vault belongs to another log') as string,
    });
  });

  test('H18 refuses another claim key, and says which part it is', async () => {
    const dir = temporaryDirectory();
    await (await open(dir, secrets('a'))).close();
    await expect(open(dir, secrets('b'))).rejects.toMatchObject({
      code: 'installation-mismatch',
      message: expect.stringContaining('LATCHKEY_PEPPER') as string,
    });
  });

  test('F5 refuses a log that is gone, where the vault has seen one', async () => {
    const dir = temporaryDirectory();
    const latchkey = await open(dir);
    await noteHead(latchkey);
    await latchkey.close();
    for (const file of ['log.db', 'log.db-wal', 'log.db-shm'])
      rmSync(join(dir, file), { force: true });
    await expect(open(dir)).rejects.toMatchObject({ code: 'installation-mismatch' });
  });

  test('F5 refuses an older copy of the log', async () => {
    const dir = temporaryDirectory();
    await (await open(dir)).close();
    copyFileSync(join(dir, 'log.db'), join(dir, 'older.db'));
    const latchkey = await open(dir);
    await noteHead(latchkey);
    await latchkey.close();
    copyFileSync(join(dir, 'older.db'), join(dir, 'log.db'));
    await expect(open(dir)).rejects.toMatchObject({
      code: 'installation-mismatch',
      message: expect.stringContaining('older than what this vault has seen') as string,
    });
  });

  test('refuses a master key that is not the vault’s', async () => {
    const dir = temporaryDirectory();
    await (await open(dir, secrets('a'))).close();
    const other = `m2:${Buffer.alloc(32, 5).toString('base64url')}`;
    await expect(open(dir, { ...secrets('a'), LATCHKEY_MASTER_KEYS: other })).rejects.toMatchObject(
      { code: 'vault-mismatch' },
    );
  });

  test('two processes that start at once on nothing agree on one', async () => {
    const dir = temporaryDirectory();
    const both = await Promise.all([open(dir), open(dir)]);
    expect(await both[0].log.logId).toBe(await both[1].log.logId);
    for (const latchkey of both) await latchkey.close();
  });

  test.each(logKinds)(
    'a process that finds nothing, and then what another wrote a moment later, agrees with it, on %s',
    async (kind) => {
      const dir = temporaryDirectory();
      const { store, vault, close } = await startOn(kind, { dir });
      const both = { vault, keyCheck: Buffer.alloc(32).toString('base64url') };
      let other: string | undefined;
      const head = async () => {
        other ??= await openInstallation({ store, ...both });
        return store.head();
      };
      const late = { read: store.read.bind(store), append: store.append.bind(store), head };
      expect(await openInstallation({ store: { ...store, ...late }, ...both })).toBe(other);
      await close();
    },
  );
});
