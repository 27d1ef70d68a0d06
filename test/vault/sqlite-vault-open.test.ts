import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { FaultySqlite, sqliteResult } from '../support/faulty-sqlite.ts';
import {
  annKey,
  annSession,
  masterKey,
  noon,
  openTestVault,
  openVaultOfAnn,
  temporaryDirectory,
} from './open-test-vault.ts';

/** What opening this file with these keys throws; the promise resolves if it does not. */
const opening = (path: string, ...ids: readonly string[]) =>
  openTestVault({ path, masterKeys: ids.map((id) => masterKey(id)) });

describe('a vault', () => {
  test('keeps its id; another has another', async () => {
    const { vault, path } = await openTestVault();
    const { vault: second } = await openTestVault();
    await vault.close();

    const { vault: again } = await openTestVault({ path });

    expect(again.vaultId).toBe(vault.vaultId);
    expect(second.vaultId).not.toBe(vault.vaultId);
  });

  test('is a file that only its owner reads, its log too', async () => {
    const { path } = await openVaultOfAnn();

    for (const file of [path, `${path}-wal`, `${path}-shm`]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  test('overwrites what it deletes and flushes every commit', async () => {
    const { connect, seen } = watchedPragmas();

    await openTestVault({ connect });

    expect(seen()).toMatchObject({ journal_mode: 'wal', synchronous: 2, secure_delete: 1 });
    expect(seen()).toMatchObject({ temp_store: 2 });
  });
});

/** The connection a vault opens, for asking its settings. */
function watchedPragmas() {
  let opened: SqliteDb | undefined;
  const connect = (path: string, options: { readonly readOnly?: boolean }) =>
    (opened = new SqliteDb(path, options));
  const seen = () =>
    Object.assign(
      {},
      ...['journal_mode', 'synchronous', 'secure_delete', 'temp_store'].map((name) =>
        opened?.get(`PRAGMA ${name}`),
      ),
    ) as Record<string, unknown>;
  return { connect, seen };
}

describe('opening a vault is refused', () => {
  test('with another key under the name of the one it knows', async () => {
    const { vault, path } = await openTestVault();
    await vault.close();

    await expect(
      openTestVault({ path, masterKeys: [masterKey('m1', 'other')] }),
    ).rejects.toMatchObject({
      code: 'vault-mismatch',
      message: expect.stringContaining('another master key as "m1"') as string,
    });
  });

  test('without the master key it needs, which is named', async () => {
    const { vault, path } = await openTestVault();
    await vault.close();

    await expect(opening(path, 'm2')).rejects.toMatchObject({
      code: 'vault-mismatch',
      message: expect.stringContaining('needs master key "m1"') as string,
    });
  });

  test('without any master key, or with two of one name', async () => {
    const path = join(temporaryDirectory(), 'vault.db');

    await expect(opening(path)).rejects.toMatchObject({ code: 'vault-mismatch' });
    await expect(opening(path, 'm1', 'm1')).rejects.toMatchObject({ code: 'vault-mismatch' });
  });

  test('where the file is another program’s', async () => {
    const path = join(temporaryDirectory(), 'vault.db');
    const other = new SqliteDb(path);
    other.exec('CREATE TABLE notes (text TEXT)');
    other.close();

    await expect(opening(path, 'm1')).rejects.toMatchObject({
      code: 'vault-mismatch',
      message: expect.stringContaining('is not a Latchkey vault') as string,
    });
  });

  test.each([
    ['a later version', 'PRAGMA user_version = 3', 'has version 3'],
    ['a table changed', 'ALTER TABLE keys ADD COLUMN extra TEXT', 'has other tables'],
    ['a table lost', 'DROP TABLE recoveries', 'has other tables'],
  ])('for %s', async (_what, change, message) => {
    const { vault, path } = await openTestVault();
    await vault.close();
    const db = new SqliteDb(path);
    db.exec(change);
    db.close();

    await expect(opening(path, 'm1')).rejects.toMatchObject({
      code: 'vault-mismatch',
      message: expect.stringContaining(message) as string,
    });
  });

  test('for a file that is no database, or whose pages are torn (F4)', async () => {
    const text = join(temporaryDirectory(), 'vault.db');
    writeFileSync(text, 'not a database, but long enough to be taken for one'.repeat(40));
    const { vault, path } = await openVaultOfAnn();
    await vault.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 3 * 4096, 4 * 4096));

    await expect(opening(text, 'm1')).rejects.toMatchObject({ code: 'vault-damaged' });
    await expect(opening(path, 'm1')).rejects.toMatchObject({ code: 'vault-damaged' });
  });
});

describe('a vault whose file cannot be written', () => {
  test.each([
    ['has no room (F6)', sqliteResult.full],
    ['fails (F7)', sqliteResult.ioWrite],
    ['may only be read (F8)', sqliteResult.readOnly],
  ])('because the disk %s answers unavailable, reads on, and recovers', async (_why, code) => {
    const faulty = new FaultySqlite();
    const { vault } = await openVaultOfAnn({ connect: faulty.connect });
    const { token, sessionId } = await vault.sessions.start(annSession);
    faulty.fail(code, 'INSERT', 'UPDATE', 'DELETE');

    await expect(vault.sessions.start(annSession)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(
      vault.limits.spend([{ name: 'sign-in-account', key: 'ann' }]),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(await vault.sessions.find(token, noon)).toBeDefined();

    faulty.heal();
    expect(await vault.sessions.end('ann', sessionId)).toBe(true);
  });

  test('may still be opened, for reading (F8)', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);
    await vault.close();
    const faulty = new FaultySqlite();
    faulty.fail(sqliteResult.readOnly, 'BEGIN IMMEDIATE', 'PRAGMA journal_mode = WAL');

    const { vault: reading } = await openTestVault({ path, connect: faulty.connect });

    expect(await reading.sessions.find(token, noon)).toBeDefined();
    await expect(reading.keys.mint(annKey)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('is not written once it was moved away (F5)', async () => {
    const { vault, path } = await openVaultOfAnn();
    renameSync(path, `${path}.old`);

    await expect(vault.sessions.start(annSession)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('says so when it is closed', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.close();

    await expect(vault.keys.get('ann-key')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(vault.sessions.start(annSession)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
