import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment } from '../../config/environment.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { untilCaughtUp } from '../support/log-events.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Every broken sentence (I1–I7) about the log and the files that apps left. `environment` says where the log is, if
 * not among the files; its lookups are brought up to date first.
 */
export const brokenInvariantsIn = (
  dataDir: string,
  environment: Variables = {},
): Promise<string[]> =>
  withFiles({ DATA_DIR: dataDir, ...environment }, ({ deps, log }) => {
    const { store, rebuilding } = log;
    return brokenInvariants({ deps, store, rebuilding, level: () => level(log) });
  });

/** Resolves when the lookups hold everything that the log holds, or stand still. */
async function level({ store, condition }: Latchkey['log']): Promise<void> {
  const head = await store.head();
  for (;;) {
    const { position, stopped } = condition(new Date());
    if (position >= head || stopped) return;
    await sleep(20);
  }
}

const personalPart = z.object({ personal: z.object({ commitment: z.string() }) });

/** The commitment beside every sealed field of the log. */
export const commitmentsIn = (dataDir: string): Promise<string[]> =>
  withFiles({ DATA_DIR: dataDir }, async ({ log: { store } }) => {
    const events = await untilCaughtUp(store, { prefixes: ['account-'] });
    return events.flatMap(({ data }) => {
      const parsed = personalPart.safeParse(data);
      return parsed.success ? [parsed.data.personal.commitment] : [];
    });
  });

/** Opens the files as a process beside the server does. A report of background work fails the test. */
async function withFiles<T>(
  environment: Variables,
  work: (latchkey: Latchkey) => Promise<T>,
): Promise<T> {
  const latchkey = await openLatchkey(readEnvironment(environment), {
    report: ({ what, error }) => {
      throw new Error(what, { cause: error });
    },
    serving: {
      refused: (error) => {
        throw error;
      },
    },
  });
  try {
    return await work(latchkey);
  } finally {
    await latchkey.close();
  }
}
