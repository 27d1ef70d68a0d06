import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Sql, SqliteDb } from '../sqlite/sqlite-driver.ts';

/** A table that can be walked along its key, a chunk of rows at a time: memory stays flat, and others get their turn. */
export interface KeyedTable {
  readonly name: string;
  readonly key: readonly string[];
  /** Below every key there is. */
  readonly before: readonly Sql[];
  /** Of all columns; those of the key stand first. */
  readonly columns: readonly string[];
}

const chunkRows = 2_000;

const textRow = z.object({ text: z.string() });
const keyValues = z.array(z.union([z.string(), z.number()]));

/**
 * The rows in the order of the key, as JSON arrays of arrays of some columns, the key's among them first. SQLite itself
 * makes the text, so that no row becomes an object here. What is written meanwhile may be in it or not.
 */
async function* chunksOf(
  db: SqliteDb,
  { name, key, before }: KeyedTable,
  columns: readonly string[],
): AsyncGenerator<string> {
  const sql = `SELECT json_group_array(json_array(${columns.join(', ')})) AS text FROM (
    SELECT ${columns.join(', ')} FROM ${name} WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})
    ORDER BY ${key.join(', ')} LIMIT ${chunkRows})`;
  for (let after = before; ; await nextTurn()) {
    const { text } = textRow.parse(db.get(sql, ...after));
    const last = lastRow(text);
    if (!last) return;
    yield text;
    after = keyValues.parse(last.slice(0, key.length));
  }
}

function lastRow(text: string): readonly unknown[] | undefined {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) && rows.length > 0
    ? z.array(z.unknown()).parse(rows.at(-1))
    : undefined;
}

/** Do two tables hold the same in these columns, byte for byte? Neither may be written meanwhile. */
export async function sameRows(
  one: { readonly db: SqliteDb; readonly table: KeyedTable },
  other: { readonly db: SqliteDb; readonly table: KeyedTable },
  columns: readonly string[],
): Promise<boolean> {
  const others = chunksOf(other.db, other.table, columns);
  for await (const chunk of chunksOf(one.db, one.table, columns)) {
    if ((await others.next()).value !== chunk) return false;
  }
  return (await others.next()).done ?? false;
}

/** Puts rows into another table, each chunk by a write of its own: in the order of the key, which fills its pages. */
export async function copyRows(
  from: { readonly db: SqliteDb; readonly table: KeyedTable },
  to: string,
  write: (work: (db: SqliteDb) => void) => Promise<void>,
): Promise<void> {
  const { columns } = from.table;
  const values = columns.map((_, index) => `value ->> ${index}`).join(', ');
  const sql = `INSERT INTO ${to} (${columns.join(', ')}) SELECT ${values} FROM json_each(?)`;
  for await (const chunk of chunksOf(from.db, from.table, columns)) {
    await write((db) => void db.run(sql, chunk));
  }
}
