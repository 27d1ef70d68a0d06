import { describe, expect, test } from 'vitest';
import { copyRows, sameRows, type KeyedTable } from '../../projections/table-chunks.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';

const table: KeyedTable = {
  name: 'held',
  key: ['kind', 'key'],
  before: ['', ''],
  columns: ['kind', 'key', 'owner'],
};
/** More than two chunks. */
const rows = Array.from({ length: 5_001 }, (_, index) => [
  index % 2 === 0 ? 'email' : 'username',
  `key "${index}" \u{1f511}\n`,
  `owner ${index}`,
]);

function filled(with_: readonly (readonly string[])[]): SqliteDb {
  const db = new SqliteDb(':memory:');
  db.exec('CREATE TABLE held (kind TEXT, key TEXT, owner TEXT, PRIMARY KEY (kind, key)) STRICT');
  db.exec('CREATE TABLE copied (kind TEXT, key TEXT, owner TEXT, PRIMARY KEY (kind, key)) STRICT');
  for (const row of with_) db.run('INSERT INTO held VALUES (?, ?, ?)', ...row);
  return db;
}

const same = (one: SqliteDb, other: SqliteDb, columns = table.columns) =>
  sameRows({ db: one, table }, { db: other, table }, columns);

describe('a table along its key', () => {
  test('is the same as one that was filled in another order', async () => {
    expect(await same(filled(rows), filled(rows.toReversed()))).toBe(true);
  });

  test.each([
    ['one row in the middle is another', rows.with(2_500, ['email', 'key', 'somebody else'])],
    ['one row has another owner', rows.with(4_321, [...(rows[4_321] ?? []).slice(0, 2), 'thief'])],
    ['the last row is missing', rows.slice(0, -1)],
    ['there is one row more', [...rows, ['username', 'zzz', 'owner']]],
    ['there is none', []],
  ])('is not the same where %s', async (_what, others) => {
    expect(await same(filled(rows), filled(others))).toBe(false);
    expect(await same(filled(others), filled(rows))).toBe(false);
  });

  test('is compared by the columns that are asked for alone', async () => {
    const others = filled(rows.map(([kind = '', key = '']) => [kind, key, 'another']));
    expect(await same(filled(rows), others, ['kind', 'key'])).toBe(true);
    expect(await same(filled(rows), others)).toBe(false);
  });

  test('is copied whole, by more than one write', async () => {
    const db = filled(rows);
    let writes = 0;
    await copyRows({ db, table }, 'copied', async (work) => {
      writes += 1;
      work(db);
    });
    const copied = { db, table: { ...table, name: 'copied' } };
    expect(await sameRows({ db, table }, copied, table.columns)).toBe(true);
    expect(writes).toBe(3);
  });
});
