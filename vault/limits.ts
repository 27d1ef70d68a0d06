import { createHmac, createSecretKey } from 'node:crypto';
import { z } from 'zod';
import { limitBudgets } from './limit-budgets.ts';
import type { Counter, Limiters } from './limiters.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { VaultFault } from './vault-fault.ts';
import { allowed, refused, type LimitAnswer, type LimitName, type Limits } from './vault-limits.ts';

const windowRow = z.object({ points: z.number(), expire: z.number() }).optional();

export interface PrunableLimits extends Limits {
  /** Under which keys these budgets are counted. */
  storedKeysOf(budgets: readonly { name: LimitName; key: string }[]): readonly string[];
  /** Removes windows that are over; answers how many. */
  prune(now: Date): Promise<number>;
}

/**
 * Counters in the vault's file: they survive a restart and hold over several processes.
 * rate-limiter-flexible counts, inside the vault's own transactions and on the machine's clock.
 */
export function createLimits(
  file: SqliteVaultFile,
  { limitKey, limitsOff }: { limitKey: Buffer; limitsOff: boolean },
): PrunableLimits {
  let loading: Promise<Limiters> | undefined;
  // Loaded with the first that is spent: nobody waits for it at a start.
  const limiters = () => {
    loading ??= import('./limiters.ts').then(({ createLimiters }) => createLimiters(file));
    return loading;
  };
  const hmacKey = createSecretKey(limitKey);
  const counterOf = ({ name, key }: { name: LimitName; key: string }): Counter => ({
    name,
    storedKey: createHmac('sha256', hmacKey).update(`${name}\u0000${key}`).digest('base64url'),
  });

  return {
    async spend(budgets) {
      if (limitsOff) return allowed;
      return failClosed(async () => spend(file, await limiters(), budgets.map(counterOf)));
    },
    async giveBack(budgets) {
      if (limitsOff) return;
      const own = budgets.filter(({ name }) => limitBudgets[name].givenBack);
      await failClosed(() => returnPoints(file, own.map(counterOf)));
    },
    storedKeysOf: (budgets) => budgets.map((budget) => counterOf(budget).storedKey),
    prune: (now) =>
      file.write((db) => db.run('DELETE FROM limits WHERE expire <= ?', now.getTime())),
  };
}

async function spend(
  file: SqliteVaultFile,
  limiters: Limiters,
  counters: readonly Counter[],
): Promise<LimitAnswer> {
  const seen = worst(await Promise.all(counters.map((counter) => look(file, counter))));
  if (!seen.allowed) return seen;
  const spent = worst(await Promise.all(counters.map((counter) => limiters.consume(counter))));
  // Others emptied one between the look and the spending: nothing is spent.
  if (!spent.allowed) await returnPoints(file, counters);
  return spent;
}

/** Refuses without a write, so that a flood of refused tries costs no commits. */
async function look(file: SqliteVaultFile, { name, storedKey }: Counter): Promise<LimitAnswer> {
  const { points, seconds } = limitBudgets[name];
  const row = await file.read((db) => db.get('SELECT * FROM limits WHERE key = ?', storedKey));
  const window = windowRow.parse(row);
  const msLeft = window ? window.expire - Date.now() : 0;
  if (!window || msLeft <= 0) return allowed;
  if (msLeft > seconds * 1000) {
    // The clock went back: such a window would last longer than it may (F22).
    await file.write((db) => db.run('DELETE FROM limits WHERE key = ?', storedKey));
    return allowed;
  }
  return window.points < points ? allowed : refused(msLeft);
}

async function returnPoints(file: SqliteVaultFile, counters: readonly Counter[]): Promise<void> {
  if (counters.length === 0) return;
  const now = Date.now();
  await file.write((db) => {
    for (const { storedKey } of counters) {
      const sql = `UPDATE limits SET points = points - 1 WHERE key = ? AND points > 0 AND expire > ?`;
      db.run(sql, storedKey, now);
    }
  });
}

/** A limit that cannot be asked refuses: nobody guesses passwords while the vault is away. */
async function failClosed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof VaultFault) throw cause;
    throw new VaultFault('unavailable', 'the limits cannot be asked now', { cause });
  }
}

/** The longest wait of all, or that nobody has to wait. */
function worst(answers: readonly LimitAnswer[]): LimitAnswer {
  const waits = answers.flatMap((answer) => (answer.allowed ? [] : [answer.retryAfterSeconds]));
  return waits.length === 0 ? allowed : { allowed: false, retryAfterSeconds: Math.max(...waits) };
}
