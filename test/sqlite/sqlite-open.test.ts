import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../../sqlite/sqlite-fault.ts';
import { openSqlite, type OpenSqlite } from '../../sqlite/sqlite-open.ts';
import { sqliteError } from '../support/faulty-sqlite.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open(options: Partial<OpenSqlite> = {}) {
  const path = options.path ?? join(temporaryDirectory(), 'file.db');
  const db = await openSqlite({ ...options, path });
  onTestFinished(() => db.close());
  return db;
}

const pragma = (db: SqliteDb, name: string) => Object.values(db.get(`PRAGMA ${name}`) ?? {})[0];

describe('opening a file', () => {
  test('makes commits durable and never waits inside SQLite', async () => {
    const db = await open();

    expect(pragma(db, 'journal_mode')).toBe('wal');
    expect(pragma(db, 'synchronous')).toBe(2);
    expect(pragma(db, 'fullfsync')).toBe(1);
    expect(pragma(db, 'wal_autocheckpoint')).toBe(4_000);
    expect(pragma(db, 'busy_timeout')).toBe(0);
    expect(pragma(db, 'foreign_keys')).toBe(1);
    expect(pragma(db, 'trusted_schema')).toBe(0);
    expect(pragma(db, 'secure_delete')).toBe(0);
  });

  test('waits for no disk where everything in the file comes again from elsewhere', async () => {
    const db = await open({ derived: true });

    expect(pragma(db, 'journal_mode')).toBe('wal');
    expect(pragma(db, 'synchronous')).toBe(1);
  });

  test('overwrites deleted content where asked to', async () => {
    const db = await open({ secureDelete: true });
    db.exec('CREATE TABLE t (a TEXT)');
    db.exec(`INSERT INTO t VALUES ('the-secret-word')`);
    db.exec('DELETE FROM t');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');

    expect(pragma(db, 'secure_delete')).toBe(1);
    expect(readFileSync(db.path).includes('the-secret-word')).toBe(false);
  });

  test('refuses to go on where a setting is not taken', async () => {
    class Forgetful extends SqliteDb {
      override get(sql: string) {
        return sql === 'PRAGMA synchronous' ? { synchronous: 1 } : super.get(sql);
      }
    }

    await expect(
      open({ connect: (path, options) => new Forgetful(path, options) }),
    ).rejects.toMatchObject({
      code: 'sqlite-pragma-refused',
      message: 'PRAGMA synchronous is 1, not 2',
    });
  });

  test('for reading only writes nothing', async () => {
    const { path } = await open();
    const db = await open({ path, readOnly: true });

    expect(() => db.exec('CREATE TABLE t (a)')).toThrow(/readonly/);
  });

  test('waits for another connection that holds the file', async () => {
    const path = join(temporaryDirectory(), 'file.db');
    const other = new SqliteDb(path);
    onTestFinished(() => other.close());
    other.exec('CREATE TABLE t (a); BEGIN EXCLUSIVE');
    setTimeout(() => other.exec('COMMIT'), 60);

    expect(pragma(await open({ path }), 'journal_mode')).toBe('wal');
  });

  test('says that a file is no database', async () => {
    const path = join(temporaryDirectory(), 'file.db');
    writeFileSync(path, 'certainly no database, but long enough to be looked at'.repeat(20));

    const error: unknown = await open({ path }).catch((caught: unknown) => caught);

    expect(sqliteFault(error)).toBe('damaged');
  });
});

describe('a connection', () => {
  test('lets two loops over the same statement run inside each other', async () => {
    const db = await open();
    db.exec('CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)');
    const pairs: unknown[] = [];

    for (const outer of db.iterate('SELECT a FROM t')) {
      for (const inner of db.iterate('SELECT a FROM t')) pairs.push([outer['a'], inner['a']]);
    }

    expect(pairs).toHaveLength(9);
  });

  test('knows when its file is no longer under its path', async () => {
    const db = await open();
    expect(db.inPlace).toBe(true);
    renameSync(db.path, `${db.path}.moved`);
    expect(db.inPlace).toBe(false);
    writeFileSync(db.path, '');
    expect(db.inPlace).toBe(false);
    renameSync(`${db.path}.moved`, db.path);
    expect(db.inPlace).toBe(true);
  });
});

describe('a fault of SQLite', () => {
  test.each([
    [5, 'busy'],
    [5 | (1 << 8), 'busy'],
    [6, 'busy'],
    [15, 'busy'],
    [13, 'full'],
    [10 | (4 << 8), 'io'],
    [7, 'io'],
    [14, 'io'],
    [8 | (4 << 8), 'read-only'],
    [11, 'damaged'],
    [26, 'damaged'],
    [19, undefined],
    [1, undefined],
  ])('%i is %s', (errcode, fault) => {
    expect(sqliteFault(sqliteError(errcode))).toBe(fault);
  });

  test('is not what other errors are', () => {
    expect(sqliteFault(new Error('no'))).toBeUndefined();
    expect(sqliteFault(undefined)).toBeUndefined();
  });
});
