import { describe, expect, test } from 'vitest';
import { openVaultOfAnn } from './open-test-vault.ts';

const credential = {
  credentialId: 'c1',
  accountId: 'ann',
  hash: '$2b$12$one',
  prehashKeyId: 'p1',
};
const put = { ...credential, keyId: 'ann-key', attemptId: 'attempt-1' };

describe('a credential', () => {
  test('comes back as it was put', async () => {
    const { vault } = await openVaultOfAnn();

    await vault.credentials.put(put);

    expect(await vault.credentials.get('c1')).toEqual(credential);
    expect(await vault.credentials.get('c2')).toBeUndefined();
  });

  test('cannot be put twice under one id', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.credentials.put(put);

    await expect(vault.credentials.put({ ...put, hash: '$2b$12$two' })).rejects.toThrow();
    expect(await vault.credentials.get('c1')).toEqual(credential);
  });

  test('cannot be put under a key that is erased or missing', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.keys.erase('ann-key', 'ann');

    await expect(vault.credentials.put(put)).rejects.toMatchObject({ code: 'key-erased' });
    const astray = { ...put, keyId: 'no-key' };
    await expect(vault.credentials.put(astray)).rejects.toMatchObject({ code: 'key-missing' });
  });

  test('hashed anew keeps its id', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.credentials.put(put);
    const anew = { hash: '$2b$13$two', prehashKeyId: 'p2' };

    await vault.credentials.rehash('c1', anew);

    expect(await vault.credentials.get('c1')).toEqual({ ...credential, ...anew });
  });

  test('that is gone is not hashed anew', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.credentials.put(put);
    await vault.credentials.delete(['c1', 'never-put']);

    await vault.credentials.rehash('c1', { hash: '$2b$13$two', prehashKeyId: 'p2' });

    expect(await vault.credentials.get('c1')).toBeUndefined();
  });

  test('goes with its account, and with its account’s key', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.credentials.put(put);
    await vault.credentials.put({ ...put, credentialId: 'c2' });
    await vault.keys.mint({ keyId: 'bob-key', accountId: 'bob', attemptId: 'attempt-2' });
    const bob = { ...put, credentialId: 'c3', accountId: 'bob', keyId: 'bob-key' };
    await vault.credentials.put(bob);

    await vault.credentials.deleteAllOf('ann');

    expect(await vault.credentials.get('c1')).toBeUndefined();
    expect(await vault.credentials.get('c2')).toBeUndefined();
    expect(await vault.credentials.get('c3')).toBeDefined();
    await vault.keys.erase('bob-key', 'bob');
    expect(await vault.credentials.get('c3')).toBeUndefined();
  });
});
