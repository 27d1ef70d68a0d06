import { createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { masterKey, openTestVault, openVaultOfAnn, temporaryDirectory } from './open-test-vault.ts';

const message = Buffer.from('head of the log');

describe('the installation’s own keys', () => {
  test('survive a restart', async () => {
    const { vault, path } = await openTestVault();
    const before = await vault.installationKeys.currentPrehash();
    await vault.close();

    const { vault: again } = await openTestVault({ path });

    expect(await again.installationKeys.currentPrehash()).toEqual(before);
    expect(await again.installationKeys.prehash(before.keyId)).toEqual(before.key);
  });

  test('are made once, however many open a new vault at the same moment (F9)', async () => {
    const path = join(temporaryDirectory(), 'vault.db');
    const openAndLook = async () => {
      const { vault } = await openTestVault({ path });
      const { keyId } = await vault.installationKeys.currentPrehash();
      return `${vault.vaultId} ${keyId}`;
    };

    const seen = await Promise.all(Array.from({ length: 8 }, openAndLook));

    expect(new Set(seen).size).toBe(1);
  });

  test('sign, and what they signed is verified by the public key of that name', async () => {
    const { vault } = await openTestVault();

    const { keyId, signature } = await vault.installationKeys.sign(message);

    const keys = await vault.installationKeys.publicKeys();
    const named = keys.find((key) => key.keyId === keyId);
    const publicKey = createPublicKey(named?.publicKeyPem ?? '');
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify(null, message, publicKey, bytes)).toBe(true);
    expect(verify(null, Buffer.from('another head'), publicKey, bytes)).toBe(false);
  });

  test('of one purpose cannot be had as those of another (H18)', async () => {
    const { vault } = await openTestVault();
    const { keyId } = await vault.installationKeys.sign(message);

    await expect(vault.installationKeys.prehash(keyId)).rejects.toMatchObject({
      code: 'key-missing',
    });
  });

  test('of one purpose do not open where they are passed off as another’s (H18)', async () => {
    const { vault, path } = await openTestVault();
    await vault.close();
    const db = new SqliteDb(path);
    db.run(`UPDATE installation_keys SET kind = 'prehash' WHERE kind = 'signing'`);
    db.close();

    const { vault: again } = await openTestVault({ path });

    await expect(again.installationKeys.currentPrehash()).rejects.toMatchObject({
      code: 'seal-broken',
    });
  });

  test('that another process renewed are the ones in use from then on', async () => {
    const { vault, path } = await openTestVault();
    const { vault: elsewhere } = await openTestVault({ path });
    const old = await vault.installationKeys.currentPrehash();

    const { keyId } = await elsewhere.installationKeys.renewPrehash();

    const renewed = await vault.installationKeys.currentPrehash();
    expect(renewed).toEqual(await elsewhere.installationKeys.currentPrehash());
    expect(renewed.keyId).toBe(keyId);
    expect(renewed.key).not.toEqual(old.key);
  });

  test('keep old pre-hash keys when there is a new one', async () => {
    const { vault } = await openTestVault();
    const old = await vault.installationKeys.currentPrehash();

    const { keyId } = await vault.installationKeys.renewPrehash();

    expect((await vault.installationKeys.currentPrehash()).keyId).toBe(keyId);
    expect(await vault.installationKeys.prehash(old.keyId)).toEqual(old.key);
  });
});

describe('rotating the master key', () => {
  test('wraps every key anew, after which the old one may go', async () => {
    const { vault, path, key } = await openVaultOfAnn();
    const field = key.seal('context', 'Ann');
    const prehash = await vault.installationKeys.currentPrehash();
    await vault.close();
    const both = [masterKey('m2'), masterKey('m1')];
    const { vault: rotating } = await openTestVault({ path, masterKeys: both });

    // One data key; a pre-hash, a limit, a signing, a round-trip, a site and a notice key.
    expect(await rotating.installationKeys.rotate()).toEqual({
      rewrapped: 7,
      unusedMasterKeyIds: ['m1'],
    });
    expect(await rotating.installationKeys.rotate()).toMatchObject({ rewrapped: 0 });

    await rotating.close();
    const { vault: after } = await openTestVault({ path, masterKeys: [masterKey('m2')] });
    const found = await after.keys.get('ann-key');
    expect(found !== 'erased' && found.open('context', field)).toBe('Ann');
    expect(await after.installationKeys.currentPrehash()).toEqual(prehash);
  });

  test('goes through however many keys there are, and leaves erased ones erased', async () => {
    const { vault, path } = await openVaultOfAnn();
    const ids = Array.from({ length: 450 }, (_, n) => `key-${n}`);
    await Promise.all(
      ids.map((keyId) => vault.keys.mint({ keyId, accountId: keyId, attemptId: 'a' })),
    );
    await vault.keys.erase('ann-key', 'ann');
    await vault.close();
    const both = [masterKey('m2'), masterKey('m1')];
    const { vault: rotating } = await openTestVault({ path, masterKeys: both });

    expect(await rotating.installationKeys.rotate()).toMatchObject({ rewrapped: 456 });
    expect(await rotating.keys.get('key-449')).not.toBe('erased');
    expect(await rotating.keys.get('ann-key')).toBe('erased');
  });

  test('says that no key may go while the newest is the only one', async () => {
    const { vault } = await openVaultOfAnn();

    expect(await vault.installationKeys.rotate()).toEqual({ rewrapped: 0, unusedMasterKeyIds: [] });
  });

  test('is not needed to go on: new keys use the newest, old ones open with the old', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.close();
    const both = [masterKey('m2'), masterKey('m1')];
    const { vault: during } = await openTestVault({ path, masterKeys: both });
    await during.keys.mint({ keyId: 'bob-key', accountId: 'bob', attemptId: 'a' });
    await during.close();

    await expect(openTestVault({ path, masterKeys: [masterKey('m1')] })).rejects.toMatchObject({
      message: expect.stringContaining('"m2"') as string,
    });
    const { vault: after } = await openTestVault({ path, masterKeys: both });
    expect(await after.keys.get('ann-key')).not.toBe('erased');
  });
});
