import { faultCode, type StreamWrite } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';

const LONGEST_PAUSE_MS = 3_000;

/**
 * Appends, and settles an unknown outcome by sending the very same append again, one at a time: the store recognises
 * its event ids. Rejects with Conflict or Unavailable only where nothing of it was or will be written.
 */
export async function settleAppend(
  { store, sleep, report }: Pick<Deps, 'store' | 'sleep' | 'report'>,
  writes: readonly StreamWrite[],
): Promise<void> {
  let unknown = false;
  for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await store.append(writes);
      return;
    } catch (error) {
      const code = faultCode(error);
      // Once one sending is unknown, only a conflict settles it: any later fault speaks of itself alone.
      const open = code === 'outcome-unknown' || (unknown && code !== 'conflict');
      if (!open) throw error;
      unknown = true;
      report({ what: 'settling-attempt', error });
      await sleep(pause * (1 + Math.random()));
    }
  }
}
