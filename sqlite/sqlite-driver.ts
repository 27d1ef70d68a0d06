import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** What a statement answers for one row. */
export type Row = Record<string, SQLInputValue>;
export type Sql = SQLInputValue;

export interface SqliteDbOptions {
  readonly readOnly?: boolean;
}

/** Opens a connection; tests hand in one that fails on demand. */
export type Connect = (path: string, options: SqliteDbOptions) => SqliteDb;

/**
 * The one door to SQLite: a synchronous connection with a cache of prepared statements.
 * It never waits for a lock (that would stop the event loop); who meets one waits outside.
 * Stores never see `node:sqlite` itself.
 */
export class SqliteDb {
  readonly path: string;
  readonly raw: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Of loops that came to their end. */
  readonly #loops = new Map<string, StatementSync>();
  readonly #lists = new Map<string, StatementSync>();
  readonly #inode: number | undefined;

  constructor(path: string, options: SqliteDbOptions = {}) {
    this.path = path;
    this.raw = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 0 });
    this.#inode = inodeAt(path);
  }

  exec(sql: string): void {
    this.raw.exec(sql);
  }

  /** Runs a write; answers how many rows changed. */
  run(sql: string, ...values: Sql[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Runs an insert of one row into a table with row ids; answers the new one. */
  insert(sql: string, ...values: Sql[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  get(sql: string, ...values: Sql[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: Sql[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** Every row as the list of its columns: in half the time of `all`, which makes an object of each. */
  lists(sql: string, ...values: Sql[]): (readonly Sql[])[] {
    return this.#prepareList(sql)
      .all(...values)
      .map(listed);
  }

  /** Hands row after row to `take`, each as the list of its columns, until there are no more or `take` answers false. */
  each(sql: string, values: readonly Sql[], take: (columns: readonly Sql[]) => boolean): void {
    for (const row of this.#prepareList(sql).iterate(...values)) {
      if (!take(listed(row))) return;
    }
  }

  /** Row by row. Its statement is its own until it ends, so that two loops over one text do not disturb each other. */
  *iterate(sql: string, ...values: Sql[]): IterableIterator<Row> {
    const statement = this.#loops.get(sql) ?? this.raw.prepare(sql);
    this.#loops.delete(sql);
    yield* statement.iterate(...values);
    this.#loops.set(sql, statement);
  }

  /** Is there an open transaction? SQLite ends one by itself on some faults. */
  get inTransaction(): boolean {
    return this.raw.isTransaction;
  }

  /** Is the opened file still the one found under its path? A write into a moved file would be lost. */
  get inPlace(): boolean {
    return this.#inode === inodeAt(this.path);
  }

  close(): void {
    this.#statements.clear();
    this.#loops.clear();
    this.#lists.clear();
    if (this.raw.isOpen) this.raw.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #prepareList(sql: string): StatementSync {
    const known = this.#lists.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(sql);
    statement.setReturnArrays(true);
    this.#lists.set(sql, statement);
    return statement;
  }
}

/** A statement that was told to return arrays does; its type knows of objects alone. */
function listed(row: unknown): readonly Sql[] {
  if (!isList(row)) throw new TypeError('a row is no list of columns');
  return row;
}

const isList = (row: unknown): row is readonly Sql[] => Array.isArray(row);

/** By name only: opening and closing the file here would drop SQLite's own locks on it. */
const inodeAt = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.ino;

/** SQLite's own result code of an error it threw, e.g. 5 for SQLITE_BUSY (extended codes folded). */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
