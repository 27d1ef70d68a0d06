import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** What a statement answers for one row. */
export type Row = Record<string, SQLInputValue>;
export type Sql = SQLInputValue;

/**
 * The one door to SQLite: a synchronous connection with a cache of prepared statements.
 * Stores never see `node:sqlite` itself.
 */
export class SqliteDb {
  readonly path: string;
  readonly raw: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    this.path = path;
    this.raw = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 0 });
  }

  exec(sql: string): void {
    this.raw.exec(sql);
  }

  /** Runs a write; answers how many rows changed. */
  run(sql: string, ...values: Sql[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  get(sql: string, ...values: Sql[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: Sql[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  iterate(sql: string, ...values: Sql[]): IterableIterator<Row> {
    return this.#prepare(sql).iterate(...values) as IterableIterator<Row>;
  }

  close(): void {
    this.#statements.clear();
    if (this.raw.isOpen) this.raw.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** SQLite's own result code of an error it threw, e.g. 5 for SQLITE_BUSY (extended codes folded). */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
