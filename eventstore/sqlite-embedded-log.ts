import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import {
  Conflict,
  type Appended,
  type CaughtUp,
  type Position,
  type ReadOptions,
  type RecordedEvent,
  type StreamWrite,
  type SubscribeOptions,
} from './event-store.ts';
import { underGivenName, type StreamNames } from './prefix.ts';
import { appendAll } from './sqlite-append.ts';
import type { OpenSqliteEventStore, SqliteEventStore } from './sqlite-event-store.ts';
import type { LogFile } from './sqlite-log-file.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';
import { Appends, subscription } from './sqlite-subscription.ts';
import { cannotWrite, CannotWrite, type Writable } from './sqlite-writable.ts';
import { WriteGate } from './sqlite-write-gate.ts';

/** The log in one SQLite file. Other processes may read and write it too: nothing it says is remembered. */
export class EmbeddedLog implements SqliteEventStore {
  readonly atomic: boolean;
  readonly db: SqliteDb;
  readonly writer: SqliteWriter;
  readonly #file: LogFile;
  readonly #names: StreamNames;
  readonly #inline: OpenSqliteEventStore['inline'];
  readonly #reader: SqliteLogReader;
  readonly #gate: WriteGate;
  readonly #appends = new Appends();
  readonly #closing = new AbortController();

  constructor(file: LogFile, names: StreamNames, options: OpenSqliteEventStore) {
    this.atomic = options.atomic ?? true;
    this.db = file.reading;
    this.writer = new SqliteWriter(file.writing);
    this.#file = file;
    this.#names = names;
    this.#inline = options.inline;
    this.#reader = new SqliteLogReader(file.reading);
    this.#gate = new WriteGate(this.writer);
  }

  async append(writes: readonly StreamWrite[]): Promise<Appended> {
    this.#refuseMistakes(writes);
    const stored = writes.map((write) => ({ ...write, stream: this.#names.stored(write.stream) }));
    try {
      const position = await this.#gate.write((db) => this.#appendNow(db, stored));
      this.#appends.happened();
      return { position: BigInt(position) };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const { stream, expected, actual } = error;
      throw new Conflict({ stream: this.#names.given(stream), expected }, actual);
    }
  }

  async *read(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    for await (const event of this.#reader.stream(this.#names.stored(stream), options)) {
      yield underGivenName(event, this.#names);
    }
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<RecordedEvent | CaughtUp> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    const wanted = options.prefixes.length === 0 ? [''] : options.prefixes;
    const prefixes = wanted.map(this.#names.stored);
    const items = subscription(this.#reader, this.#appends, { ...options, prefixes, signal });
    for await (const item of items) {
      yield 'caughtUp' in item ? item : underGivenName(item, this.#names);
    }
  }

  head(): Promise<Position> {
    return this.#reader.head();
  }

  writable(): Promise<Writable> {
    return this.#gate.writable();
  }

  /** Learns whether the file can be written now; call once after opening. */
  tryWriting(): Promise<void> {
    return this.#gate.tryNow();
  }

  stopWrites(reason: string): void {
    this.#gate.stop(new CannotWrite('stopped', `writing to the log was stopped: ${reason}`));
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#gate.stop(cannotWrite('closed'));
    this.#closing.abort();
    await this.writer.close();
    this.#emptyWal();
    this.#reader.close();
    this.#file.writing.close();
  }

  #appendNow(db: SqliteDb, writes: readonly StreamWrite[]): number {
    const { position, added } = appendAll(db, writes);
    if (added.length > 0) {
      this.#inline?.apply(
        db,
        added.map((event) => underGivenName(event, this.#names)),
      );
    }
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
