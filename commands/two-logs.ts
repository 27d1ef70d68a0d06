import type { EventStore } from '../eventstore/event-store.ts';

export interface TwoLogs {
  /** Closed to writers. */
  readonly source: EventStore;
  /** Empty, or as an interrupted copy of this very source left it. */
  readonly target: EventStore;
}

export type CopyPhase = 'copying' | 'comparing' | 'asking streams';

export interface CopyProgress {
  readonly phase: CopyPhase;
  /** Of the phase, and how many there are in all; in units of its own. */
  readonly done: number;
  readonly total: number;
  /** Events, or streams, since the phase began. */
  readonly count: number;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** How long a log that is away is waited for, in milliseconds. Default a minute. */
  readonly patienceMs?: number;
}

export type CopySettings = CopyOptions & { readonly patienceMs: number };
