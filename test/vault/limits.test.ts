import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { limitBudgets } from '../../vault/limit-budgets.ts';
import type { LimitName } from '../../vault/vault-limits.ts';
import type { Vault } from '../../vault/vault.ts';
import { FaultySqlite, sqliteResult } from '../support/faulty-sqlite.ts';
import { hoursAfter, noon, openTestVault } from './open-test-vault.ts';

const account = { name: 'sign-in-account', key: 'ann' } as const;
const address = { name: 'sign-in-address', key: '192.0.2.7' } as const;

function stopClockAt(time: Date): void {
  vi.useFakeTimers({ toFake: ['Date'], now: time });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

type Budget = { readonly name: LimitName; readonly key: string };

/** How many of so many tries, all at once, are let through. */
async function passed(vault: Vault, times: number, ...budgets: Budget[]): Promise<number> {
  const tries = Array.from({ length: times }, () => vault.limits.spend(budgets));
  return (await Promise.all(tries)).filter(({ allowed }) => allowed).length;
}

describe('a budget', () => {
  test.each(Object.entries(limitBudgets))(
    'of %s lets exactly its points through, of 100 at once',
    async (name, { points }) => {
      const { vault } = await openTestVault();

      expect(await passed(vault, 100, { name: name as LimitName, key: 'one' })).toBe(points);
      expect(await passed(vault, 1, { name: name as LimitName, key: 'other' })).toBe(1);
    },
  );

  test('says how long to wait, and is full again afterwards', async () => {
    stopClockAt(noon);
    const { vault } = await openTestVault();
    await passed(vault, 10, account);
    vi.setSystemTime(hoursAfter(0.1));

    expect(await vault.limits.spend([account])).toEqual({ allowed: false, retryAfterSeconds: 540 });
    vi.setSystemTime(hoursAfter(0.25));
    expect(await passed(vault, 20, account)).toBe(10);
  });

  test('stays spent over a restart', async () => {
    const { vault, path } = await openTestVault();
    await passed(vault, 10, account);
    await vault.close();

    const { vault: again } = await openTestVault({ path });

    expect(await passed(again, 1, account)).toBe(0);
  });

  test('is shared by everybody who has the vault open (F9)', async () => {
    const { vault, path } = await openTestVault();
    const { vault: other } = await openTestVault({ path });

    const counts = await Promise.all([passed(vault, 50, account), passed(other, 50, account)]);

    expect(counts[0] + counts[1]).toBe(10);
  });

  test('does not last longer when the clock goes back an hour (F22)', async () => {
    stopClockAt(noon);
    const { vault } = await openTestVault();
    await passed(vault, 10, account);

    vi.setSystemTime(hoursAfter(-1));

    expect(await passed(vault, 20, account)).toBe(10);
  });

  test('that is empty refuses without a write, so that a flood costs none', async () => {
    const faulty = new FaultySqlite();
    const { vault } = await openTestVault({ connect: faulty.connect });
    await passed(vault, 10, account);

    faulty.fail(sqliteResult.full, 'BEGIN IMMEDIATE');

    expect(await passed(vault, 5, account)).toBe(0);
  });

  test('is never empty where limits are off', async () => {
    const { vault } = await openTestVault({ limitsOff: true });

    expect(await passed(vault, 100, account)).toBe(100);
  });
});

describe('several budgets', () => {
  test('are spent together or not at all', async () => {
    const { vault } = await openTestVault();

    expect(await passed(vault, 100, account, address)).toBe(10);
    // The 90 refused tries took nothing from the address.
    expect(await passed(vault, 100, address)).toBe(20);
  });

  test('answer the longest wait of all', async () => {
    stopClockAt(noon);
    const { vault } = await openTestVault();
    const register = { name: 'register-address', key: '192.0.2.7' } as const;
    await passed(vault, 20, register);
    await passed(vault, 10, account);

    const answer = await vault.limits.spend([account, register]);

    expect(answer).toEqual({ allowed: false, retryAfterSeconds: 3_600 });
  });
});

describe('giving back', () => {
  test('undoes what a right password spent', async () => {
    const { vault } = await openTestVault();
    for (let sign = 0; sign < 30; sign += 1) {
      expect(await passed(vault, 1, account)).toBe(1);
      await vault.limits.giveBack([account]);
    }

    expect(await passed(vault, 20, account)).toBe(10);
  });

  test('never fills an address’s budget (allauth 65.8.1)', async () => {
    const { vault } = await openTestVault();
    await passed(vault, 30, address);

    await vault.limits.giveBack([account, address]);

    expect(await passed(vault, 5, address)).toBe(0);
  });

  test('makes no budget larger than it is', async () => {
    const { vault } = await openTestVault();

    await vault.limits.giveBack([account, account]);
    await passed(vault, 1, account);
    await vault.limits.giveBack([account, account]);

    expect(await passed(vault, 20, account)).toBe(10);
  });
});

describe('the rows of limits', () => {
  test('hold no address and no account in clear, and differ between vaults (H18)', async () => {
    const rows = await Promise.all(
      ['one', 'other'].map(async () => {
        const { vault, path } = await openTestVault();
        await vault.limits.spend([account, address]);
        const db = new SqliteDb(path);
        const keys = db.all('SELECT key FROM limits').map(({ key }) => z.string().parse(key));
        db.close();
        return keys;
      }),
    );

    expect(rows.flat()).toHaveLength(4);
    expect(rows.flat().every((key) => /^[A-Za-z0-9_-]{43}$/.test(key))).toBe(true);
    expect(new Set(rows.flat()).size).toBe(4);
  });

  test('are removed when their window is over', async () => {
    stopClockAt(noon);
    const { vault, path } = await openTestVault();
    await vault.limits.spend([account, { name: 'register-address', key: '192.0.2.7' }]);

    await vault.prune(hoursAfter(0.5));

    const db = new SqliteDb(path);
    expect(db.all('SELECT expire FROM limits')).toEqual([{ expire: hoursAfter(1).getTime() }]);
    db.close();
  });
});

describe('a vault that cannot count', () => {
  test('refuses rather than lets through', async () => {
    const { vault } = await openTestVault();
    await vault.close();

    await expect(vault.limits.spend([account])).rejects.toMatchObject({ code: 'unavailable' });
  });
});
