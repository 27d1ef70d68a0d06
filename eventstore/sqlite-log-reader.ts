import { retryBusy } from '../sqlite/sqlite-busy.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { Unavailable, type ReadOptions } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';
import { eventColumns } from './sqlite-events-table.ts';
import type { LogFile } from './sqlite-log-file.ts';
import {
  fitting,
  pageEvents,
  pageSize,
  sizeOf,
  StreamRead,
  type Columns,
} from './sqlite-stream-read.ts';

const allForwards = `SELECT ${eventColumns} FROM events WHERE position > ? ORDER BY position LIMIT ?`;
const allBackwards = `SELECT ${eventColumns} FROM events WHERE position < ? ORDER BY position DESC LIMIT ?`;
const ofStream = `SELECT ${eventColumns} FROM events WHERE stream = ?`;
const streamForwards = `${ofStream} AND revision >= ? ORDER BY revision LIMIT ?`;
const streamBackwards = `${ofStream} AND revision <= ? ORDER BY revision DESC LIMIT ?`;

/** Reads events page by page, so that a long stream never stands in memory as a whole. */
export class SqliteLogReader {
  readonly #file: LogFile;
  #closed = false;
  /** On a page, by the events read last; a guess to begin with. */
  #fits = 8;

  constructor(file: LogFile) {
    this.#file = file;
  }

  stream(stream: string, options: ReadOptions = {}): StreamRead {
    const sql = options.backwards ? streamBackwards : streamForwards;
    return new StreamRead(options, this.#fits, async (from, most) => {
      const rows = await this.#read((db) => db.lists(sql, stream, from, most));
      if (rows.length > 0) this.#fits = fitting(rows);
      return rows;
    });
  }

  /** The rows that follow a position, at most one page of them. */
  after(position: bigint): Promise<readonly Columns[]> {
    return this.#read((db) => pageOf(db, allForwards, position));
  }

  /** The rows that stand before a position, the newest first, at most one page of them. */
  before(position: bigint): Promise<readonly Columns[]> {
    return this.#read((db) => pageOf(db, allBackwards, position));
  }

  async head(): Promise<bigint> {
    const [row] = await this.#read((db) => db.lists('SELECT max(position) FROM events'));
    const position = row?.[0];
    return typeof position === 'number' ? BigInt(position) : 0n;
  }

  close(): void {
    this.#closed = true;
    this.#file.reading.close();
  }

  async #read<Found>(look: (db: SqliteDb) => Found): Promise<Found> {
    try {
      return await retryBusy(() => {
        if (this.#closed) throw new Unavailable('the log is closed');
        return look(this.#connection);
      });
    } catch (error) {
      throw asReadFault(error, this.#file.reading.path);
    }
  }

  /**
   * The one that writes: what it wrote last it need not read again. Where a transaction that failed still stands open
   * in it, the other one, which sees only what was committed.
   */
  get #connection(): SqliteDb {
    const { reading, writing } = this.#file;
    return writing.inTransaction ? reading : writing;
  }
}

/** Of the whole log. */
function pageOf(db: SqliteDb, sql: string, position: bigint): Columns[] {
  const rows: Columns[] = [];
  let size = 0;
  db.each(sql, [position, pageEvents], (row) => {
    rows.push(row);
    size += sizeOf(row);
    return size <= pageSize;
  });
  return rows;
}

/** What SQLite threw while reading, in the words of the port. Other errors pass unchanged. */
export function asReadFault(error: unknown, path: string): unknown {
  const fault = sqliteFault(error);
  if (fault === undefined) return error;
  const options = { cause: error };
  if (fault === 'damaged') return new LogDamaged(`${path} is damaged`, undefined, options);
  return new Unavailable('the log cannot be read now', options);
}
