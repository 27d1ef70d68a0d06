import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import type { DataKey, Vault } from '../../vault/vault.ts';
import versionOne from '../fixtures/vault-v1.json' with { type: 'json' };
import { annSession, hoursAfter, openTestVault, openVaultOfAnn } from './open-test-vault.ts';

const tableOf = (sql: string) => /^CREATE TABLE (\w+)/.exec(sql)?.[1];
const versionOf = (path: string) => {
  const db = new SqliteDb(path);
  const version = db.get('PRAGMA user_version')?.['user_version'];
  db.close();
  return version;
};

async function usable(vault: Vault): Promise<DataKey> {
  const key = await vault.keys.get('ann-key');
  if (key === 'erased') throw new Error('the key of ann is erased');
  return key;
}

function installationKeysIn(path: string): readonly unknown[] {
  const db = new SqliteDb(path);
  const rows = db.all('SELECT * FROM installation_keys');
  db.close();
  return rows;
}

/** Puts a file's rows under the tables that version 1 made, as far as it had them. */
function asVersionOne(path: string): void {
  const db = new SqliteDb(path);
  const kinds = `'prehash', 'limit', 'signing', 'round-trip'`;
  db.exec(`DELETE FROM installation_keys WHERE kind NOT IN (${kinds})`);
  const tables = versionOne.flatMap((sql) => tableOf(sql) ?? []);
  const rows = tables.map((table) => ({ table, rows: db.all(`SELECT * FROM ${table}`) }));
  const found = z.array(z.object({ name: z.string() }));
  const made = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
  for (const { name } of found.parse(db.all(made))) db.exec(`DROP TABLE ${name}`);
  for (const sql of versionOne) db.exec(sql);
  for (const { table, rows: kept } of rows) {
    for (const row of kept) {
      const names = Object.keys(row);
      const places = names.map(() => '?').join(', ');
      const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`;
      db.run(insert, ...Object.values(row));
    }
  }
  db.exec('PRAGMA user_version = 1');
  db.close();
}

describe('a vault that version 1 made', () => {
  test('opens with every key, session and signature it had, and keeps tokens from then on', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { token, sessionId } = await vault.sessions.start(annSession);
    const sealed = (await usable(vault)).seal('note', 'kept');
    const signed = await vault.installationKeys.sign(Buffer.from('head'));
    await vault.close();
    asVersionOne(path);
    const keys = installationKeysIn(path);

    const { vault: later } = await openTestVault({ path });

    expect(versionOf(path)).toBe(2);
    expect(keys).toHaveLength(4);
    expect(installationKeysIn(path)).toEqual(expect.arrayContaining([...keys]));
    expect((await later.sessions.find(token, hoursAfter(1)))?.sessionId).toBe(sessionId);
    expect((await usable(later)).open('note', sealed)).toBe('kept');
    expect((await later.installationKeys.sign(Buffer.from('head'))).keyId).toBe(signed.keyId);
    const owner = { accountId: 'ann', provider: 'github', identityId: 'octocat' };
    await later.tokens.put(
      { ...owner, keyId: 'ann-key' },
      { accessToken: 'secret', refreshToken: null, expiresAt: null, scopes: [] },
    );
    expect(await later.tokens.get(owner)).toMatchObject({ accessToken: 'secret' });
  });

  test('is made anew once, also where two processes open it together', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.sessions.start(annSession);
    await vault.close();
    asVersionOne(path);

    const [one, other] = await Promise.all([openTestVault({ path }), openTestVault({ path })]);

    expect(await usable(one.vault)).toBeDefined();
    expect(await usable(other.vault)).toBeDefined();
    expect(versionOf(path)).toBe(2);
  });
});
