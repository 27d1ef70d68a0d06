import { z } from 'zod';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment } from '../../config/environment.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { untilCaughtUp } from '../support/log-events.ts';

/** Every broken sentence (I1–I7) about the files that a server left. */
export const brokenInvariantsIn = (dataDir: string): Promise<string[]> =>
  withFiles(dataDir, ({ deps, log: { store, rebuilding } }) =>
    brokenInvariants({ deps, store, rebuilding, level: async () => undefined }),
  );

const personalPart = z.object({ personal: z.object({ commitment: z.string() }) });

/** The commitment beside every sealed field of the log. */
export const commitmentsIn = (dataDir: string): Promise<string[]> =>
  withFiles(dataDir, async ({ log: { store } }) => {
    const events = await untilCaughtUp(store, { prefixes: ['account-'] });
    return events.flatMap(({ data }) => {
      const parsed = personalPart.safeParse(data);
      return parsed.success ? [parsed.data.personal.commitment] : [];
    });
  });

/** Opens the files as a process beside the server does. A report of background work fails the test. */
async function withFiles<T>(dataDir: string, work: (latchkey: Latchkey) => Promise<T>): Promise<T> {
  const latchkey = await openLatchkey(readEnvironment({ DATA_DIR: dataDir }), {
    report: ({ what, error }) => {
      throw new Error(what, { cause: error });
    },
  });
  try {
    return await work(latchkey);
  } finally {
    await latchkey.close();
  }
}
