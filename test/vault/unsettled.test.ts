import { describe, expect, test } from 'vitest';
import { annKey, hoursAfter, noon, openTestVault } from './open-test-vault.ts';

const credential = {
  credentialId: 'c1',
  accountId: 'ann',
  hash: '$2b$12$one',
  prehashKeyId: 'p1',
  keyId: 'ann-key',
  attemptId: 'attempt-2',
};

/** A key made at noon, a credential made an hour later. */
async function openUnsettled() {
  let clock = noon;
  const { vault } = await openTestVault({ now: () => clock });
  await vault.keys.mint(annKey);
  clock = hoursAfter(1);
  await vault.credentials.put(credential);
  return vault;
}

const keyRow = { kind: 'key', id: 'ann-key', accountId: 'ann', attemptId: 'attempt-1' } as const;
const credentialRow = {
  kind: 'credential',
  id: 'c1',
  accountId: 'ann',
  attemptId: 'attempt-2',
} as const;

describe('rows that no event names yet', () => {
  test('are listed oldest first, with account and attempt', async () => {
    const vault = await openUnsettled();

    expect(await vault.unsettled(hoursAfter(2), 10)).toEqual([keyRow, credentialRow]);
    expect(await vault.unsettled(hoursAfter(2), 1)).toEqual([keyRow]);
  });

  test('are left alone while they are young', async () => {
    const vault = await openUnsettled();

    expect(await vault.unsettled(hoursAfter(1), 10)).toEqual([keyRow]);
    expect(await vault.unsettled(noon, 10)).toEqual([]);
  });

  test('are not listed again once settled', async () => {
    const vault = await openUnsettled();

    await vault.settle([credentialRow]);
    expect(await vault.unsettled(hoursAfter(2), 10)).toEqual([keyRow]);
    await vault.settle([keyRow]);
    expect(await vault.unsettled(hoursAfter(2), 10)).toEqual([]);
  });

  test('are gone once swept', async () => {
    const vault = await openUnsettled();

    await vault.credentials.delete(['c1']);
    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.unsettled(hoursAfter(2), 10)).toEqual([]);
  });
});
