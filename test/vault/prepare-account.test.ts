import { describe, expect, test } from 'vitest';
import type { NewAccount } from '../../vault/vault.ts';
import { annKey, annSession, noon, openTestVault, openVaultOfAnn } from './open-test-vault.ts';

const { method, provedRevision, closing, at, proof, device } = annSession;
const account: NewAccount = {
  ...annKey,
  credential: { credentialId: 'credential-1', hash: '$2b$12$hash', prehashKeyId: 'prehash-1' },
  session: { method, provedRevision, closing, at, proof, device },
};

describe('an account that is prepared', () => {
  test('has its key, its password and its session, the first two until somebody settles them', async () => {
    const { vault } = await openTestVault();

    const { key, issued } = await vault.prepareAccount(account);

    const sealed = key.seal('context', 'text');
    const stored = await vault.keys.get('ann-key');
    expect(stored !== 'erased' && stored.open('context', sealed)).toBe('text');
    expect(await vault.credentials.get('credential-1')).toMatchObject({ hash: '$2b$12$hash' });
    expect(await vault.sessions.find(issued.token, noon)).toMatchObject({
      ...{ sessionId: issued.sessionId, accountId: 'ann', keyId: 'ann-key', method },
    });
    const unsettled = await vault.unsettled(new Date(noon.getTime() + 1), 10);
    expect(unsettled.map(({ kind }) => kind).toSorted()).toEqual(['credential', 'key']);
  });

  test('under a key id that was ever used is refused whole', async () => {
    const { vault } = await openVaultOfAnn();

    await expect(vault.prepareAccount(account)).rejects.toMatchObject({ code: 'key-taken' });
    await vault.keys.erase('ann-key', 'ann');
    await expect(vault.prepareAccount(account)).rejects.toMatchObject({ code: 'key-taken' });

    expect(await vault.credentials.get('credential-1')).toBeUndefined();
    expect(await vault.census.page('session', '', 10)).toEqual([]);
  });

  test('loses its session with its key, and nobody else does', async () => {
    const { vault } = await openTestVault();
    await vault.prepareAccount(account);
    const other = { ...account, keyId: 'other-key', attemptId: 'attempt-2' };
    const credential = { ...account.credential, credentialId: 'credential-2' };
    const { issued } = await vault.prepareAccount({ ...other, credential });

    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.census.page('session', '', 10)).toMatchObject([
      { id: issued.sessionId, session: { keyId: 'other-key' } },
    ]);
    await vault.keys.eraseAllOf('ann');
    expect(await vault.census.page('session', '', 10)).toEqual([]);
  });
});
