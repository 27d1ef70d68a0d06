import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteFault } from './sqlite-fault.ts';

/** How long anything waits for another process's lock, in milliseconds. */
export const lockTimeoutMs = 2_000;

/**
 * Waits 1 to 3 ms: a busy process leaves only short gaps between its commits, so who waits must look often.
 * The jitter keeps two waiting processes from meeting again and again.
 */
export const waitForLock = (): Promise<void> => sleep(1 + Math.random() * 2);

/**
 * Runs a step that another process's lock may refuse, again and again for up to 2 s, the event loop left free.
 * Throws what the step threw.
 */
export async function retryBusy<T>(step: () => T): Promise<T> {
  const giveUpAt = performance.now() + lockTimeoutMs;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (sqliteFault(error) !== 'busy' || performance.now() > giveUpAt) throw error;
    }
    await waitForLock();
  }
}
