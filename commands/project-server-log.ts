import type { EventStore, Position } from '../eventstore/event-store.ts';
import type { LogGate } from '../eventstore/log-gate.ts';
import { Projector } from '../projections/projector.ts';
import type { ReadModelFile } from '../projections/read-model-file.ts';
import type { Deps } from './deps.ts';
import { recordLogHead } from './record-log-head.ts';

export interface CatchingUp {
  /** Taken since this process began. */
  readonly events: number;
  /** Of the log, from 0 to 1. */
  readonly done: number;
}

export interface ProjectServerLog {
  /** The log itself: its subscriptions find it again. */
  readonly store: EventStore;
  readonly model: ReadModelFile;
  readonly gate: LogGate;
  readonly logId: string;
  readonly deps: Pick<Deps, 'vault' | 'report'>;
  /** Told every few seconds while the lookups are far behind. */
  readonly catchingUp: ((progress: CatchingUp) => void) | undefined;
}

/** So often progress is told, in milliseconds; and from here on it is none. */
const tellMs = 5_000;
const nearly = 0.99;

/**
 * What one process of a machine does for all of them, while it holds the lease: it brings the read model up to date,
 * and notes the newest event of the log in the vault. Ends by abort.
 */
export function projectServerLog(parts: ProjectServerLog, signal: AbortSignal): Promise<void> {
  const { store, model, gate, logId, deps } = parts;
  const projector = new Projector({
    store,
    model,
    logId,
    seen: () => gate.seen,
    report: (error) => deps.report({ what: 'projecting', error }),
    applied: tellProgress(parts),
    alsoWhileHolding: (held) => recordLogHead({ ...deps, store }, logId, held),
  });
  return projector.run(signal);
}

function tellProgress({ gate, catchingUp }: ProjectServerLog) {
  let total = 0;
  let toldAt = performance.now();
  return (events: number, checkpoint: Position): void => {
    total += events;
    const newest = gate.seen?.newest ?? 0n;
    const done = newest === 0n ? 1 : Number(checkpoint) / Number(newest);
    const now = performance.now();
    if (done >= nearly || now - toldAt < tellMs) return;
    toldAt = now;
    catchingUp?.({ events: total, done });
  };
}
