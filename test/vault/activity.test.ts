import { describe, expect, test } from 'vitest';
import { daysAfter, hoursAfter, noon, openVaultOfAnn } from './open-test-vault.ts';

const signIn = {
  accountId: 'ann',
  keyId: 'ann-key',
  kind: 'signed-in',
  at: noon,
  method: { kind: 'password' },
  device: { ip: '192.0.2.7' },
} as const;

describe('the activity of an account', () => {
  test('is listed newest first, as many as asked for', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.activity.record({ ...signIn, kind: 'sign-in-refused', method: null });
    await vault.activity.record(signIn);

    const [newest, ...others] = await vault.activity.list('ann', 2);

    expect(newest).toMatchObject({ kind: 'signed-in', at: noon, device: { ip: '192.0.2.7' } });
    expect(others).toMatchObject([{ kind: 'sign-in-refused', method: null }]);
    expect(await vault.activity.list('ann', 1)).toHaveLength(1);
    expect(await vault.activity.list('bob', 9)).toEqual([]);
  });

  test('stays in its order when the clock goes back (F22)', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.activity.record(signIn);
    await vault.activity.record({ ...signIn, kind: 'signed-out', at: hoursAfter(-1) });

    const kinds = (await vault.activity.list('ann', 9)).map(({ kind }) => kind);

    expect(kinds).toEqual(['signed-out', 'signed-in']);
  });

  test('is kept for 90 days', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.activity.record({ ...signIn, at: daysAfter(-91) });
    await vault.activity.record({ ...signIn, at: daysAfter(-89) });

    expect(await vault.activity.prune(noon)).toBe(1);
    expect(await vault.activity.list('ann', 9)).toHaveLength(1);
  });

  test('goes with the account, and none is kept of an erased one', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.activity.record(signIn);
    await vault.activity.deleteAllOf('ann');
    expect(await vault.activity.list('ann', 9)).toEqual([]);

    await vault.keys.erase('ann-key', 'ann');
    await vault.activity.record(signIn);

    expect(await vault.activity.list('ann', 9)).toEqual([]);
  });
});
