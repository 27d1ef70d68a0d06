/** The log: one port, several adapters. Nothing above it knows which one runs. */

/** Where an event stands in the whole log. Grows strictly; gaps are allowed. */
export type Position = bigint;

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export const actors = ['self', 'operator', 'system', 'provider', 'auditor'] as const;
/** Who caused an event. */
export type Actor = (typeof actors)[number];

/** What stands beside every event in clear. Never personal data. */
export interface EventMetadata {
  /** ISO 8601 with milliseconds, UTC. Told to people; never used for order. */
  readonly at: string;
  /** Schema version of `data`, from 1. */
  readonly v: number;
  readonly actor: Actor;
  /** Minted by us for the request or command that caused the event. */
  readonly requestId: string;
  /** Hash chain of the stream up to and including this event; see chain.ts. */
  readonly chain: string;
}

/** An event ready to be appended. Its id is deterministic, so a resend is recognised. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

/** An event as the log keeps it. Revisions of a stream begin at 0 and have no gaps. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** The revision of the stream's last event as the writer read it, or 'none' for no event yet. */
export type ExpectedRevision = 'none' | number;

export interface StreamWrite {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** At least one. */
  readonly events: readonly NewEvent[];
}

export interface Appended {
  /** Of the last event written (for a recognised resend: of the last event it had written). */
  readonly position: Position;
}

/** Told by `subscribe` each time everything the log held has been delivered. */
export interface CaughtUp {
  readonly caughtUp: true;
}

export interface ReadOptions {
  /** First revision to deliver; default the first event (or the last, backwards). */
  readonly from?: number;
  readonly backwards?: boolean;
  /** At most this many events, at least 1. */
  readonly max?: number;
}

/** A piece of the whole log, the newest event first. */
export interface Stretch {
  readonly events: readonly RecordedEvent[];
  /** Where the next one begins; undefined where this was the last. */
  readonly before: Position | undefined;
}

export interface SubscribeOptions {
  /** Deliver what comes after this position; undefined: from the first event. */
  readonly from?: Position | undefined;
  /** Only streams whose name begins with one of these. Empty: all. */
  readonly prefixes: readonly string[];
  readonly signal: AbortSignal;
}

export interface EventStore {
  /** May several streams be written in one append, all or nothing? */
  readonly atomic: boolean;
  /** One stream in order. A missing stream is empty. Throws Unavailable. */
  read(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent>;
  /**
   * Writes all or nothing at the expected revisions. Sending the same append again is recognised by its
   * event ids and adds nothing, also after others wrote. Several streams only where `atomic`.
   * Throws Conflict (certainly not written), OutcomeUnknown (may have been), Unavailable (certainly not).
   */
  append(writes: readonly StreamWrite[]): Promise<Appended>;
  /** Everything from a position on, in log order, at least once; ends only by abort. */
  subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent | CaughtUp>;
  /** Position of the newest event; 0n for an empty log. Throws Unavailable. */
  head(): Promise<Position>;
  close(): Promise<void>;
}

export type StoreFaultCode = 'conflict' | 'outcome-unknown' | 'unavailable' | 'log-damaged';

/** A fault of the log. Told apart by `code`, never by `instanceof`: the build holds copies of this module. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFault';
    this.code = code;
  }
}

/** The stream stood elsewhere: nothing was written. */
export class Conflict extends StoreFault {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** Where the stream stands, when the store told. */
  readonly actual: ExpectedRevision | undefined;

  constructor(write: Pick<StreamWrite, 'stream' | 'expected'>, actual?: ExpectedRevision) {
    super('conflict', `stream stands at ${actual ?? 'another revision'}, not ${write.expected}`);
    this.stream = write.stream;
    this.expected = write.expected;
    this.actual = actual;
  }
}

/** Nobody knows whether it was written. Settle it by sending the same append again, never by a new id. */
export class OutcomeUnknown extends StoreFault {
  constructor(message: string, options?: ErrorOptions) {
    super('outcome-unknown', message, options);
  }
}

/** Certainly not written, or not read: the log cannot be reached or cannot be written now. */
export class Unavailable extends StoreFault {
  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
  }
}

/** The stream that stood elsewhere, of a Conflict made by whichever copy of its class. */
export function conflictingStream(error: unknown): string | undefined {
  if (faultCode(error) !== 'conflict' || !(error instanceof Error)) return undefined;
  return 'stream' in error && typeof error.stream === 'string' ? error.stream : undefined;
}

/** Reads the code of any fault, whichever copy of its class made it. */
export function faultCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
