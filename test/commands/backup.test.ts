import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { backUp } from '../../commands/back-up.ts';
import { changePassword } from '../../commands/change-password.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { applyErasedList } from '../../commands/drive-deletions.ts';
import { eraseAccount } from '../../commands/erase-account.ts';
import { guard } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { recordLogHead } from '../../commands/record-log-head.ts';
import { registerUser } from '../../commands/register-user.ts';
import { restoreBackup } from '../../commands/restore-backup.ts';
import { signIn } from '../../commands/sign-in.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { readEnvironment } from '../../config/environment.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { identity, identityId, signedIn } from '../support/crash-story.ts';
import { asking, password, registered, registration } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const open: Latchkey[] = [];
afterEach(async () => {
  for (const latchkey of open.splice(0)) await latchkey.close();
});

const report = ({ what, error }: { what: string; error?: unknown }) => {
  throw new Error(what, { cause: error });
};

const environmentOf = (dataDir: string) =>
  readEnvironment({
    DATA_DIR: dataDir,
    BCRYPT_COST: '4',
    RATE_LIMITS: 'off',
    DELETE_GRACE_DAYS: '0',
  });

/** A process of Latchkey on a directory. */
async function opened(dataDir: string): Promise<Latchkey> {
  const latchkey = await openLatchkey(environmentOf(dataDir), { report });
  open.push(latchkey);
  return latchkey;
}

async function closed(latchkey: Latchkey): Promise<void> {
  open.splice(open.indexOf(latchkey), 1);
  await latchkey.close();
}

const restore = (dataDir: string, directory: string) =>
  restoreBackup({ environment: environmentOf(dataDir), directory, options: { report } });

/** Notes the newest event in the vault, as a serving process does. */
async function noteHead({ deps, log }: Latchkey): Promise<void> {
  const end = new AbortController();
  const noting = recordLogHead(deps, await log.logId, end.signal);
  await registerUser(deps, registration(`noted-${Date.now().toString(36)}`));
  await expect.poll(() => deps.vault.logHeads.get(), { timeout: 10_000 }).toBeDefined();
  end.abort();
  await noting;
}

/** Ann, by password and GitHub, signed in; and a backup of that moment. */
async function annAndBackup() {
  const root = temporaryDirectory();
  const [dataDir, directory] = [join(root, 'data'), join(root, 'backup')];
  const latchkey = await opened(dataDir);
  const { deps } = latchkey;
  const ann = await registered(deps, 'ann');
  await linkProvider(deps, ann, identity);
  const { issued } = await answered(deps);
  await backUp(latchkey, { dataDir, directory });
  return {
    root,
    dataDir,
    directory,
    latchkey,
    deps,
    token: issued.token,
    accountId: ann.session.accountId,
  };
}

async function answered(deps: Deps) {
  const answer = await signIn(deps, { ...asking, identifier: 'ann', password });
  if (!answer.ok) throw new Error('ann cannot sign in');
  return answer;
}

async function deleted(deps: Deps): Promise<string> {
  const ann = await signedIn(deps);
  const { accountId } = ann.session;
  await deleteAccount(deps, ann);
  expect(await eraseAccount(deps, { accountId, requestId: 'r' })).toBe(true);
  return accountId;
}

describe('a backup', () => {
  test('F28 taken under load and restored elsewhere holds every account that was acknowledged before, and is whole', async () => {
    const root = temporaryDirectory();
    const [dataDir, directory, elsewhere] = ['data', 'backup', 'elsewhere'].map((name) =>
      join(root, name),
    );
    if (!dataDir || !directory || !elsewhere) throw new Error('no directories');
    const latchkey = await opened(dataDir);
    const { deps } = latchkey;
    for (const name of ['ann', 'bob', 'cleo']) await registered(deps, name);
    let loading = true;
    const load = [1, 2, 3].map(async (lane) => {
      for (let turn = 0; loading; turn += 1)
        await registerUser(deps, registration(`p${lane}-${turn}`));
    });

    await backUp(latchkey, { dataDir, directory });
    loading = false;
    await Promise.all(load);
    await closed(latchkey);
    cpSync(join(dataDir, 'secrets.json'), join(elsewhere, 'secrets.json'), { recursive: true });
    const restored = await restore(elsewhere, directory);

    expect(restored).toMatchObject({ erasedAgain: [], waysBack: null });
    const there = await opened(elsewhere);
    for (const name of ['ann', 'bob', 'cleo']) {
      const answer = await signIn(there.deps, { ...asking, identifier: name, password });
      expect(answer).toMatchObject({ ok: true });
    }
    const { store, rebuilding } = there.log;
    const level = async () => undefined;
    expect(await brokenInvariants({ deps: there.deps, store, rebuilding, level })).toEqual([]);
  });

  test('is refused where a byte of it differs, where it was not finished, and while anybody runs', async () => {
    const { dataDir, directory, latchkey, root } = await annAndBackup();
    await expect(restore(dataDir, directory)).rejects.toThrow('stop it first');
    await closed(latchkey);

    const broken = join(root, 'broken');
    cpSync(directory, broken, { recursive: true });
    const bytes = readFileSync(join(broken, 'log.db'));
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(join(broken, 'log.db'), bytes);
    await expect(restore(dataDir, broken)).rejects.toThrow('not as it was backed up');
    rmSync(join(broken, 'manifest.json'));
    await expect(restore(dataDir, broken)).rejects.toThrow('no finished backup');

    const again = await opened(dataDir);
    expect(await signIn(again.deps, { ...asking, identifier: 'ann', password })).toMatchObject({
      ok: true,
    });
  });
});

describe('a restore', () => {
  test('H17 ends every session and round trip of the copy, and lists the ways in that came back', async () => {
    const { dataDir, directory, latchkey, deps, token, accountId } = await annAndBackup();
    const ref = { provider: 'github', identityId: identityId(deps) };
    await unlinkProvider(deps, await signedIn(deps), ref);
    const loaded = await deps.accounts.load(accountId);
    if (loaded.account.status !== 'active') throw new Error('ann is not here');
    const asker = { ...(await signedIn(deps)), account: loaded.account };
    await changePassword(deps, asker, { current: password, next: 'quiet marble lantern' });
    await closed(latchkey);

    const restored = await restore(dataDir, directory);

    expect(restored.sessionsEnded).toBeGreaterThanOrEqual(2);
    expect(restored.waysBack).toEqual([
      { accountId, way: 'password' },
      { accountId, way: 'github' },
    ]);
    const after = await opened(dataDir);
    expect(await guard(after.deps, token)).toBeUndefined();
    expect(await after.deps.vault.sessions.list(accountId, new Date())).toEqual([]);
    await expect(answered(after.deps)).resolves.toBeDefined();
  });

  test('F28 erases again, before anybody is served, whoever was erased since; twice changes nothing', async () => {
    const { dataDir, directory, latchkey, deps, accountId } = await annAndBackup();
    await deleted(deps);
    await closed(latchkey);

    for (const turn of [1, 2]) {
      const restored = await restore(dataDir, directory);

      expect(restored.erasedAgain, `restore ${turn}`).toEqual([accountId]);
      const after = await opened(dataDir);
      expect(await after.deps.vault.keys.livingOf([accountId])).toEqual([]);
      const { account } = await after.deps.accounts.load(accountId);
      if (account.status !== 'deleted') throw new Error(`ann is ${account.status}`);
      expect(await after.deps.vault.keys.get(account.keyId)).toBe('erased');
      await expect(answered(after.deps)).rejects.toThrow('cannot sign in');
      expect(await registerUser(after.deps, registration('ann'))).toMatchObject({ ok: true });
      await closed(after);
    }
  });

  test.each([
    { place: 'none of the files', there: [] },
    { place: 'the vault alone', there: ['vault.db'] },
    { place: 'the log alone', there: ['log.db'] },
  ])('that died with $place in place is no new installation, and goes on', async ({ there }) => {
    const { dataDir, directory, latchkey } = await annAndBackup();
    await closed(latchkey);
    const coming = join(dataDir, 'restoring');
    cpSync(directory, coming, { recursive: true });
    for (const name of ['log.db', 'vault.db']) {
      rmSync(join(dataDir, name));
      if (there.some((one) => one === name)) renameSync(join(coming, name), join(dataDir, name));
    }
    const before = readdirSync(dataDir);

    await expect(opened(dataDir)).rejects.toThrow('run `latchkey restore` again');
    expect(readdirSync(dataDir)).toEqual(before);

    expect(await restore(dataDir, directory)).toMatchObject({ erasedAgain: [] });
    const again = await opened(dataDir);
    expect(await answered(again.deps)).toMatchObject({ ok: true });
  });

  test('F5 a log put back by hand is refused: older than what the vault has seen', async () => {
    const { dataDir, directory, latchkey } = await annAndBackup();
    await noteHead(latchkey);
    await closed(latchkey);
    copyFileSync(join(directory, 'log.db'), join(dataDir, 'log.db'));
    for (const rest of ['log.db-wal', 'log.db-shm']) rmSync(join(dataDir, rest), { force: true });

    await expect(opened(dataDir)).rejects.toThrow('older than what this vault has seen');
    await restore(dataDir, directory);
    const after = await opened(dataDir);
    expect((await answered(after.deps)).ok).toBe(true);
  });

  test('H17 of both files by hand leaves erased what was erased: a start applies the list first', async () => {
    const { dataDir, directory, latchkey, deps, accountId } = await annAndBackup();
    await deleted(deps);
    await closed(latchkey);
    for (const name of ['log.db', 'vault.db']) {
      for (const rest of ['', '-wal', '-shm']) rmSync(join(dataDir, name + rest), { force: true });
      copyFileSync(join(directory, name), join(dataDir, name));
    }

    const { deps: after } = await opened(dataDir);
    expect(await applyErasedList(after)).toEqual([accountId]);

    await expect(answered(after)).rejects.toThrow('cannot sign in');
    expect(await applyErasedList(after)).toEqual([]);
  });
});
