import { SqliteDb, type Connect, type Row, type Sql } from '../../sqlite/sqlite-driver.ts';

/** Result codes of SQLite as it throws them; extended where that is what really comes. */
export const sqliteResult = {
  busy: 5,
  readOnly: 8,
  ioWrite: 10 | (3 << 8),
  ioFsync: 10 | (4 << 8),
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  uniqueKey: 19 | (6 << 8),
} as const;

/** An error shaped like node:sqlite's own. */
export const sqliteError = (errcode: number): Error =>
  Object.assign(new Error(`SQLite fault ${errcode}`), { code: 'ERR_SQLITE_ERROR', errcode });

/** Asked before every statement of every connection made here; what it throws, the statement throws. */
export type BeforeStatement = (sql: string, db: SqliteDb) => void;

/** Connections that fail on demand, as long as `before` says so. */
export class FaultySqlite {
  before: BeforeStatement | undefined;

  readonly connect: Connect = (path, options) =>
    new FaultyDb(path, options, (sql, db) => this.before?.(sql, db));

  /** Every statement that begins so fails until `heal`. */
  fail(errcode: number, ...beginnings: readonly string[]): void {
    this.before = (sql) => {
      if (beginnings.some((beginning) => sql.startsWith(beginning))) throw sqliteError(errcode);
    };
  }

  heal(): void {
    this.before = undefined;
  }
}

class FaultyDb extends SqliteDb {
  readonly #before: BeforeStatement;

  constructor(path: string, options: { readonly readOnly?: boolean }, before: BeforeStatement) {
    super(path, options);
    this.#before = before;
  }

  override exec(sql: string): void {
    this.#before(sql, this);
    super.exec(sql);
  }

  override run(sql: string, ...values: Sql[]): number {
    this.#before(sql, this);
    return super.run(sql, ...values);
  }

  override insert(sql: string, ...values: Sql[]): number {
    this.#before(sql, this);
    return super.insert(sql, ...values);
  }

  override get(sql: string, ...values: Sql[]): Row | undefined {
    this.#before(sql, this);
    return super.get(sql, ...values);
  }

  override all(sql: string, ...values: Sql[]): Row[] {
    this.#before(sql, this);
    return super.all(sql, ...values);
  }

  override lists(sql: string, ...values: Sql[]): (readonly Sql[])[] {
    this.#before(sql, this);
    return super.lists(sql, ...values);
  }

  override each(
    sql: string,
    values: readonly Sql[],
    take: (columns: readonly Sql[]) => boolean,
  ): void {
    this.#before(sql, this);
    super.each(sql, values, take);
  }

  override iterate(sql: string, ...values: Sql[]): IterableIterator<Row> {
    this.#before(sql, this);
    return super.iterate(sql, ...values);
  }
}
