import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { annKey, openTestVault, openVaultOfAnn } from './open-test-vault.ts';

describe('minting a data key', () => {
  test('makes a key that opens what it sealed after a restart', async () => {
    const { vault, path, key } = await openVaultOfAnn();
    const field = key.seal('context', 'Ann');
    await vault.close();

    const { vault: again } = await openTestVault({ path });

    const found = await again.keys.get('ann-key');
    expect(found !== 'erased' && found.open('context', field)).toBe('Ann');
  });

  test('again for the same attempt answers the same key', async () => {
    const { vault, key } = await openVaultOfAnn();

    const again = await vault.keys.mint(annKey);

    expect(again.open('context', key.seal('context', 'Ann'))).toBe('Ann');
  });

  test.each([
    ['another account', { ...annKey, accountId: 'bob' }],
    ['another attempt', { ...annKey, attemptId: 'attempt-2' }],
  ])('is refused for an id that belongs to %s', async (_whose, wanted) => {
    const { vault } = await openVaultOfAnn();

    await expect(vault.keys.mint(wanted)).rejects.toMatchObject({ code: 'key-taken' });
  });

  test('never brings an erased key back', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.keys.erase('ann-key', 'ann');

    await expect(vault.keys.mint(annKey)).rejects.toMatchObject({ code: 'key-taken' });
    expect(await vault.keys.get('ann-key')).toBe('erased');
  });
});

describe('a data key', () => {
  test('that was erased is told apart from one that is missing (F21)', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.keys.get('ann-key')).toBe('erased');
    await expect(vault.keys.get('never-minted')).rejects.toMatchObject({ code: 'key-missing' });
  });

  test('whose row was lost is missing, never erased (F21)', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.close();
    const db = new SqliteDb(path);
    db.run('DELETE FROM keys');
    db.close();

    const { vault: again } = await openTestVault({ path });

    await expect(again.keys.get('ann-key')).rejects.toMatchObject({ code: 'key-missing' });
  });

  test('moved to another account does not open', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.close();
    const db = new SqliteDb(path);
    db.run(`UPDATE keys SET account_id = 'bob'`);
    db.close();

    const { vault: again } = await openTestVault({ path });

    await expect(again.keys.get('ann-key')).rejects.toMatchObject({ code: 'seal-broken' });
  });

  test('of which one is erased leaves the others alone', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.keys.mint({ keyId: 'bob-key', accountId: 'bob', attemptId: 'attempt-2' });

    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.keys.get('bob-key')).not.toBe('erased');
  });
});

describe('erasing a data key', () => {
  test('twice is as good as once', async () => {
    const { vault } = await openVaultOfAnn();

    await vault.keys.erase('ann-key', 'ann');
    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.keys.get('ann-key')).toBe('erased');
    expect(await vault.keys.finishErasures()).toBe(0);
  });

  test('leaves a record where there was none', async () => {
    const { vault, path } = await openTestVault();

    await vault.keys.erase('unknown-key', 'ann');

    expect(await vault.keys.get('unknown-key')).toBe('erased');
    const db = new SqliteDb(path);
    expect(db.get('SELECT state FROM keys')).toMatchObject({ state: 'erased' });
    db.close();
  });

  test('of another account is refused', async () => {
    const { vault } = await openVaultOfAnn();

    await expect(vault.keys.erase('ann-key', 'bob')).rejects.toMatchObject({ code: 'key-taken' });
    expect(await vault.keys.get('ann-key')).not.toBe('erased');
  });

  test('stays unfinished while a reader holds the log, and is finished afterwards', async () => {
    const { vault, path } = await openVaultOfAnn();
    const reader = new SqliteDb(path);
    reader.exec('BEGIN');
    reader.get('SELECT * FROM keys');

    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.keys.get('ann-key')).toBe('erased');
    expect(await vault.keys.finishErasures()).toBe(1);
    reader.exec('COMMIT');
    reader.close();
    expect(await vault.keys.finishErasures()).toBe(0);
  });

  test('that a crash left half done is finished by the next start', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.close();
    const db = new SqliteDb(path);
    db.run(`UPDATE keys SET state = 'erasing', wrapped = zeroblob(60), master_key_id = NULL`);
    db.close();

    const { vault: again } = await openTestVault({ path });
    await again.close();

    const after = new SqliteDb(path);
    expect(after.get('SELECT state FROM keys')).toMatchObject({ state: 'erased' });
    after.close();
  });
});
