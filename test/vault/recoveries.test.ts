import { describe, expect, test } from 'vitest';
import { hoursAfter, noon, openTestVault } from './open-test-vault.ts';

describe('a recovery link', () => {
  test('is good for one hour', async () => {
    const { vault } = await openTestVault();
    const token = await vault.recoveries.make('ann', noon);

    expect(await vault.recoveries.find(token, hoursAfter(0.99))).toEqual({ accountId: 'ann' });
    expect(await vault.recoveries.find(token, hoursAfter(1))).toBeUndefined();
    expect(await vault.recoveries.consume(token, hoursAfter(1))).toBe(false);
  });

  test('out of the future is not good: the clock went back (F22)', async () => {
    const { vault } = await openTestVault();
    const token = await vault.recoveries.make('ann', noon);

    expect(await vault.recoveries.consume(token, hoursAfter(-1))).toBe(false);
  });

  test('is used exactly once, however many try at once (GHSA-7w99-5wm4-3g79)', async () => {
    const { vault } = await openTestVault();
    const token = await vault.recoveries.make('ann', noon);

    const tries = Array.from({ length: 20 }, () => vault.recoveries.consume(token, noon));

    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await vault.recoveries.find(token, noon)).toBeUndefined();
  });

  test('voids the account’s earlier links and nobody else’s', async () => {
    const { vault } = await openTestVault();
    const first = await vault.recoveries.make('ann', noon);
    const bobs = await vault.recoveries.make('bob', noon);

    const second = await vault.recoveries.make('ann', noon);

    expect(await vault.recoveries.find(first, noon)).toBeUndefined();
    expect(await vault.recoveries.find(second, noon)).toEqual({ accountId: 'ann' });
    expect(await vault.recoveries.find(bobs, noon)).toEqual({ accountId: 'bob' });
  });

  test('is voided with its account', async () => {
    const { vault } = await openTestVault();
    const token = await vault.recoveries.make('ann', noon);

    await vault.recoveries.deleteAllOf('ann');

    expect(await vault.recoveries.consume(token, noon)).toBe(false);
  });
});
