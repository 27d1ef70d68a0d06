import { setTimeout as sleep } from 'node:timers/promises';
import type { SqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { checkWholeLog } from '../eventstore/sqlite-whole-check.ts';
import type { BackgroundEvent, Deps } from './deps.ts';
import { applyErasedList, driveDeletions } from './drive-deletions.ts';
import type { Latchkey } from './open-latchkey.ts';
import { recordLogHead } from './record-log-head.ts';
import { sweepVault } from './sweep-vault.ts';

const HOUR_MS = 3_600_000;
const AFTER_START_MS = 30_000;
const DRIVE_MS = 30_000;

/**
 * What a serving process does besides answering: it notes the log's head in the vault, sweeps the vault, drops old
 * activity, finishes deletions, and reads the whole log once. Answers how to end it.
 */
export function startHousekeeping({ deps, log }: Latchkey): () => Promise<void> {
  const end = new AbortController();
  const { signal } = end;
  const run = (what: BackgroundEvent['what'], work: () => Promise<unknown>) =>
    work().catch((error: unknown) => {
      if (!signal.aborted) deps.report({ what, error });
    });
  const all = [
    run('sweeping', () => sweepHourly({ deps, log }, signal)),
    run('erasing', () => driveOften({ deps, log }, signal)),
  ];
  // A log elsewhere is watched by the one process of the machine that holds the projector's lease.
  if (log.kind === 'embedded') {
    all.push(
      run('recording-head', async () => recordLogHead(deps, await log.logId, signal)),
      run('checking-log', () => checkEmbeddedLog(deps, log.sqlite, signal)),
    );
  }
  return async () => {
    end.abort();
    await Promise.all(all);
  };
}

/** At once, so that what a crash left is finished at the next start; then again and again. */
async function driveOften(latchkey: Driving, signal: AbortSignal): Promise<void> {
  let listed = false;
  while (!signal.aborted) {
    try {
      listed = await driveOnce(latchkey, listed);
    } catch (error) {
      latchkey.deps.report({ what: 'erasing', error });
    }
    await sleep(DRIVE_MS, undefined, { signal });
  }
}

interface Driving {
  readonly deps: Deps;
  readonly log: Pick<Latchkey['log'], 'condition'>;
}

/**
 * One round. The erased list is applied until it was once by lookups that hold the whole log: where the log was away
 * at the start, or came out of a backup, they cannot name yet who came back. Answers whether it was.
 */
export async function driveOnce({ deps, log }: Driving, listed: boolean): Promise<boolean> {
  const isLevel = (log.condition(deps.clock()).done ?? 0) >= 1;
  if (!listed) await applyErasedList(deps);
  await driveDeletions(deps);
  return listed || isLevel;
}

async function checkEmbeddedLog(
  deps: Deps,
  store: SqliteEventStore,
  signal: AbortSignal,
): Promise<void> {
  await sleep(AFTER_START_MS, undefined, { signal });
  const { broken, structure } = await checkWholeLog(store, { signal });
  const [first = structure[0]] = broken;
  if (first) deps.report({ what: 'log-damaged', error: first });
}

/** A round that fails is reported, and the next one comes all the same. */
async function sweepHourly(latchkey: Sweeping, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(HOUR_MS * (0.5 + Math.random()), undefined, { signal });
    try {
      await sweepOnce(latchkey);
    } catch (error) {
      latchkey.deps.report({ what: 'sweeping', error });
    }
  }
}

interface Sweeping {
  readonly deps: Deps;
  readonly log: Pick<Latchkey['log'], 'saving'>;
}

/**
 * One round. While a log cannot be written, which is also how one is left that was found damaged, nothing is thrown
 * away by its word: what it forgot looks like what nobody needs.
 */
export async function sweepOnce({ deps, log }: Sweeping): Promise<void> {
  if ((await log.saving()).possible) await sweepVault(deps, deps.newId());
  await deps.vault.prune(deps.clock());
  await deps.vault.keys.finishErasures();
}
