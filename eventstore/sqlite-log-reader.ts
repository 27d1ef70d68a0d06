import { retryBusy } from '../sqlite/sqlite-busy.ts';
import type { Row, Sql, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { Unavailable, type ReadOptions, type RecordedEvent } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';
import { recordedEvent } from './sqlite-events-table.ts';

const pageEvents = 256;
/** In characters of JSON. A page holds at least one event, however large. */
const pageSize = 1_000_000;

interface Page {
  readonly rows: readonly Row[];
  /** It was large enough before its rows were all that was asked for. */
  readonly cut: boolean;
}

/** Reads events page by page, so that a long stream never stands in memory as a whole. */
export class SqliteLogReader {
  readonly #db: SqliteDb;
  #closed = false;

  constructor(db: SqliteDb) {
    this.#db = db;
  }

  async *stream(stream: string, options: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    const { backwards = false, max = Number.MAX_SAFE_INTEGER } = options;
    const step = backwards ? -1 : 1;
    const sql = backwards
      ? 'SELECT * FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?'
      : 'SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?';
    let next = options.from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    let delivered = 0;
    while (delivered < max) {
      const most = Math.min(pageEvents, max - delivered);
      const { rows, cut } = await this.#page(sql, stream, next, most);
      for (const row of rows) {
        const event = recordedEvent(row);
        if ((delivered > 0 || !backwards) && event.revision !== next) throw gap(event, next);
        next = event.revision + step;
        delivered += 1;
        yield event;
      }
      if (!cut && rows.length < most) return;
    }
  }

  /** The rows that follow a position, at most one page of them. */
  async after(position: bigint): Promise<readonly Row[]> {
    const sql = 'SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?';
    return (await this.#page(sql, position, pageEvents)).rows;
  }

  /** The rows that stand before a position, the newest first, at most one page of them. */
  async before(position: bigint): Promise<readonly Row[]> {
    const sql = 'SELECT * FROM events WHERE position < ? ORDER BY position DESC LIMIT ?';
    return (await this.#page(sql, position, pageEvents)).rows;
  }

  async head(): Promise<bigint> {
    const { rows } = await this.#page('SELECT max(position) AS position FROM events');
    const position = rows[0]?.['position'];
    return typeof position === 'number' ? BigInt(position) : 0n;
  }

  close(): void {
    this.#closed = true;
    this.#db.close();
  }

  async #page(sql: string, ...values: Sql[]): Promise<Page> {
    try {
      return await retryBusy(() => this.#collect(sql, values));
    } catch (error) {
      throw asReadFault(error, this.#db.path);
    }
  }

  #collect(sql: string, values: readonly Sql[]): Page {
    if (this.#closed) throw new Unavailable('the log is closed');
    const rows: Row[] = [];
    let size = 0;
    for (const row of this.#db.iterate(sql, ...values)) {
      rows.push(row);
      if (typeof row['data'] === 'string') size += row['data'].length;
      if (size > pageSize) return { rows, cut: true };
    }
    return { rows, cut: false };
  }
}

const gap = ({ stream, revision, position }: RecordedEvent, expected: number) =>
  new LogDamaged(`${stream} goes on at revision ${revision}, not ${expected}`, {
    stream,
    revision,
    position,
  });

/** What SQLite threw while reading, in the words of the port. Other errors pass unchanged. */
export function asReadFault(error: unknown, path: string): unknown {
  const fault = sqliteFault(error);
  if (fault === undefined) return error;
  const options = { cause: error };
  if (fault === 'damaged') return new LogDamaged(`${path} is damaged`, undefined, options);
  return new Unavailable('the log cannot be read now', options);
}
