import type { Sql } from '../sqlite/sqlite-driver.ts';
import type { ReadOptions, RecordedEvent } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';
import { dataColumn, eventOf } from './sqlite-events-table.ts';

/** At most so many events at once, and in characters of JSON about so much. A page holds at least one event, however large. */
export const pageEvents = 256;
export const pageSize = 1_000_000;
/** Of a stream's first page, whose events may be larger than any before. */
const firstPageEvents = 32;

/** Of `eventColumns`. */
export type Columns = readonly Sql[];

/** Reads so many events of the stream, from a revision on. */
export type ReadPage = (from: number, most: number) => Promise<readonly Columns[]>;

/**
 * One stream in order, page after page. An iterator by hand: a generator took longer to hand an event over than the
 * event took to read.
 */
export class StreamRead implements AsyncIterableIterator<RecordedEvent> {
  readonly #readPage: ReadPage;
  readonly #backwards: boolean;
  readonly #max: number;
  #rows: readonly Columns[] = [];
  /** Of the next row on the page. */
  #index = 0;
  /** Revision that comes next. */
  #next: number;
  #delivered = 0;
  #most: number;
  /** Nothing follows the page at hand. */
  #last = false;

  /** `fits`: how many events fitted on the page that was read last, of whatever stream. */
  constructor({ backwards = false, from, max }: ReadOptions, fits: number, readPage: ReadPage) {
    this.#most = Math.min(fits, firstPageEvents);
    this.#readPage = readPage;
    this.#backwards = backwards;
    this.#max = max ?? Number.MAX_SAFE_INTEGER;
    this.#next = from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Throws Unavailable, LogDamaged. */
  async next(): Promise<IteratorResult<RecordedEvent, undefined>> {
    if (this.#index === this.#rows.length && !this.#last) await this.#turn();
    const row = this.#rows[this.#index];
    if (!row) return { done: true, value: undefined };
    this.#index += 1;
    return { done: false, value: this.#inOrder(eventOf(row)) };
  }

  return(): Promise<IteratorResult<RecordedEvent, undefined>> {
    this.#rows = [];
    this.#index = 0;
    this.#last = true;
    return Promise.resolve({ done: true, value: undefined });
  }

  async #turn(): Promise<void> {
    const most = Math.min(this.#most, this.#max - this.#delivered);
    this.#rows = await this.#readPage(this.#next, most);
    this.#index = 0;
    this.#most = fitting(this.#rows);
    this.#last = this.#rows.length < most || this.#delivered + most >= this.#max;
  }

  #inOrder(event: RecordedEvent): RecordedEvent {
    const { stream, revision, position } = event;
    if ((this.#delivered > 0 || !this.#backwards) && revision !== this.#next) {
      const message = `${stream} goes on at revision ${revision}, not ${this.#next}`;
      throw new LogDamaged(message, { stream, revision, position });
    }
    this.#next = revision + (this.#backwards ? -1 : 1);
    this.#delivered += 1;
    return event;
  }
}

/** How many events a page has room for, if they are as large as these. */
export function fitting(rows: readonly Columns[]): number {
  const size = rows.reduce((sum, row) => sum + sizeOf(row), 0);
  const fit = Math.floor((pageSize * rows.length) / Math.max(1, size));
  return Math.max(1, Math.min(pageEvents, fit));
}

/** In characters, all but what is small for certain. */
export function sizeOf(row: Columns): number {
  const data = row[dataColumn];
  return typeof data === 'string' ? data.length : 0;
}
