import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';

const EVERY_MS = 500;
const AGAIN_MS = 1_000;

/**
 * Keeps the vault's note of the newest event of the log at most one second behind, so that a start can tell an
 * older log from this one (F5). Ends by abort, after a last note.
 */
export async function recordLogHead(
  deps: Pick<Deps, 'store' | 'vault' | 'report'>,
  logId: string,
  signal: AbortSignal,
): Promise<void> {
  let newest: RecordedEvent | undefined;
  const note = async () => {
    const event = newest;
    newest = undefined;
    if (!event) return;
    const { stream, revision, metadata } = event;
    await deps.vault.logHeads.put({ logId, stream, revision, chain: metadata.chain });
  };
  const timer = setInterval(() => {
    note().catch((error: unknown) => deps.report({ what: 'recording-head', error }));
  }, EVERY_MS);
  const follow = async () => {
    const from = await deps.store.head();
    for await (const item of deps.store.subscribe({ from, prefixes: [], signal })) {
      if (!('caughtUp' in item)) newest = item;
    }
  };
  while (!signal.aborted) await follow().catch(reportAndPause(deps, signal));
  clearInterval(timer);
  await note();
}

const reportAndPause =
  ({ report }: Pick<Deps, 'report'>, signal: AbortSignal) =>
  async (error: unknown): Promise<void> => {
    report({ what: 'recording-head', error });
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  };
