import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import type {
  Appended,
  CaughtUp,
  EventStore,
  Position,
  ReadOptions,
  RecordedEvent,
  StreamWrite,
  Stretch,
  SubscribeOptions,
} from './event-store.ts';
import { appendAll } from './sqlite-append.ts';
import type { LogFile } from './sqlite-log-file.ts';
import { eventOf } from './sqlite-events-table.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';
import { Appends, subscription } from './sqlite-subscription.ts';
import { cannotWrite, CannotWrite, type Writable } from './sqlite-writable.ts';
import { WriteGate } from './sqlite-write-gate.ts';

/** A projection that lives in the log's own file and moves in the transaction of the append itself. */
export interface InlineProjection {
  /** What it throws undoes the append and is thrown unchanged. */
  apply(db: SqliteDb, events: readonly RecordedEvent[]): void;
}

export interface EmbeddedLogOptions {
  /** Default true; false refuses several streams in one append, as a store without transactions would. */
  readonly atomic?: boolean;
  readonly inline?: InlineProjection | undefined;
}

/** The log in one SQLite file. Other processes may read and write it too: nothing it says is remembered. */
export class EmbeddedLog implements EventStore {
  readonly atomic: boolean;
  /** For reading what an inline projection keeps. */
  readonly db: SqliteDb;
  /** The one writer of this process to the file. */
  readonly writer: SqliteWriter;
  readonly #file: LogFile;
  readonly #inline: InlineProjection | undefined;
  readonly #reader: SqliteLogReader;
  readonly #gate: WriteGate;
  readonly #appends = new Appends();
  readonly #closing = new AbortController();

  constructor(file: LogFile, options: EmbeddedLogOptions) {
    this.atomic = options.atomic ?? true;
    this.db = file.reading;
    this.writer = new SqliteWriter(file.writing);
    this.#file = file;
    this.#inline = options.inline;
    this.#reader = new SqliteLogReader(file);
    this.#gate = new WriteGate(this.writer);
  }

  async append(writes: readonly StreamWrite[]): Promise<Appended> {
    this.#refuseMistakes(writes);
    if (this.#closing.signal.aborted) throw cannotWrite('closed');
    const position = await this.#gate.write((db) => this.#appendNow(db, writes));
    this.#appends.happened();
    return { position: BigInt(position) };
  }

  read(stream: string, options?: ReadOptions): AsyncIterableIterator<RecordedEvent> {
    return this.#reader.stream(stream, options);
  }

  subscribe(options: SubscribeOptions): AsyncGenerator<RecordedEvent | CaughtUp> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return subscription(this.#reader, this.#appends, { ...options, signal });
  }

  head(): Promise<Position> {
    return this.#reader.head();
  }

  /** A stretch of the log before a position, the newest first. Throws Unavailable. */
  async newestFirst(before: Position): Promise<Stretch> {
    const events = (await this.#reader.before(before)).map(eventOf);
    return { events, before: events.at(-1)?.position };
  }

  /** As the last write showed it; after a failure it tries again, at most once a second. Never throws. */
  writable(): Promise<Writable> {
    return this.#gate.writable();
  }

  /** Learns whether the file can be written now; call once after opening. */
  tryWriting(): Promise<void> {
    return this.#gate.tryNow();
  }

  /** No append succeeds any more, until the process starts again. */
  stopWrites(reason: string): void {
    this.#gate.stop(new CannotWrite('stopped', `writing to the log was stopped: ${reason}`));
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.writer.close();
    this.#emptyWal();
    this.#reader.close();
    this.#file.writing.close();
  }

  #appendNow(db: SqliteDb, writes: readonly StreamWrite[]): number {
    const { position, added } = appendAll(db, writes);
    if (added.length > 0) this.#inline?.apply(db, added);
    return position;
  }

  #refuseMistakes(writes: readonly StreamWrite[]): void {
    const streams = new Set(writes.map((write) => write.stream));
    if (streams.size !== writes.length) throw new TypeError('a stream stands twice in one append');
    if (writes.length === 0 || writes.some(({ events }) => events.length === 0)) {
      throw new TypeError('an append without events');
    }
    if (writes.length > 1 && !this.atomic) {
      throw new TypeError('this store writes one stream at a time');
    }
  }

  /** Only tidies: what stays in the write-ahead log is as durable there, and the next open finds it. */
  #emptyWal(): void {
    try {
      this.#file.writing.get('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (sqliteFault(error) === undefined) throw error;
    }
  }
}
