import type { EsdbEventStore } from '../eventstore/esdb-event-store.ts';
import type { EventStore, Position, Stretch } from '../eventstore/event-store.ts';
import type { SqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import type { Lookups } from '../projections/read-model.ts';
import type { RebuildSource } from '../projections/rebuild.ts';

/** Can anything be written now? */
export type Saving =
  | { readonly possible: true }
  | { readonly possible: false; readonly reason: string; readonly message: string };

/** Where the lookups stand. */
export interface LookupsCondition {
  readonly position: Position;
  readonly stopped: { readonly position: Position; readonly reason: string } | null;
  /** Milliseconds since they last held everything that the log held; 0 where they always do, null if never. */
  readonly behindMs: number | null;
  /** How much of the log they hold, from 0 to 1; null where nobody knows how long it is. */
  readonly done: number | null;
  /** Does any process of this machine bring them up to date? */
  readonly driven: boolean;
}

/** What holds of every log, wherever it is. */
export interface OpenedLogParts {
  /** What commands read and append to. */
  readonly store: EventStore;
  readonly lookups: Lookups;
  /** Of the log, once it was found to belong to this vault and this claim key. */
  readonly logId: Promise<string>;
  /** What a rebuild of the lookups reads and writes. */
  readonly rebuilding: RebuildSource;
  /** Never throws. */
  saving(): Promise<Saving>;
  /** While the log cannot be read: are pages shown from a copy that was made of this very log? */
  readsOn(): boolean;
  condition(now: Date): LookupsCondition;
  /** A stretch of what this machine holds of the log before a position: all accounts, and more. Throws Unavailable. */
  newestFirst(before: Position): Promise<Stretch>;
  close(): Promise<void>;
}

/** The log in a file of DATA_DIR: lookups move in the append itself. */
export interface EmbeddedLogParts extends OpenedLogParts {
  readonly kind: 'embedded';
  readonly sqlite: SqliteEventStore;
}

/** The log on a server: this machine reads it through a read model of its own. */
export interface ServerLogParts extends OpenedLogParts {
  readonly kind: 'server';
  readonly server: EsdbEventStore;
  /** For reading pages: falls back to this machine's copy of an account while the log is away. */
  readonly pageStore: Pick<EventStore, 'read'>;
  /** While the log is away: when the copy was last known to hold everything; null if nobody knows. */
  away(): { readonly asOf: Date | null } | undefined;
}

export type OpenedLog = EmbeddedLogParts | ServerLogParts;
