import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { FaultySqlite, sqliteError, sqliteResult } from '../support/faulty-sqlite.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { describeEventStoreContract, type ContractLog, type FaultsOnDemand } from './contract.ts';

interface Kind {
  readonly atomic?: boolean;
  readonly prefix?: string;
}

async function makeLog(kind: Kind): Promise<ContractLog> {
  const directory = makeTemporaryDirectory();
  const path = join(directory, 'log.db');
  const faulty = new FaultySqlite();
  const store = await openSqliteEventStore({ ...kind, path, connect: faulty.connect });
  const blocker = new SqliteDb(path);
  let other: EventStore | undefined;
  return {
    store,
    another: async () => (other ??= await openSqliteEventStore({ ...kind, path })),
    faults: sqliteFaults(faulty, blocker),
    close: async () => {
      await other?.close();
      await store.close();
      blocker.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** How each fault of the contract looks on a file. */
function sqliteFaults(faulty: FaultySqlite, blocker: SqliteDb): FaultsOnDemand {
  return {
    loseNextAnswer() {
      faulty.before = (sql, db) => {
        if (sql !== 'COMMIT') return;
        faulty.heal();
        db.raw.exec('COMMIT');
        throw sqliteError(sqliteResult.ioFsync);
      };
    },
    loseNextAppend() {
      faulty.before = (sql) => {
        if (sql !== 'COMMIT') return;
        faulty.heal();
        throw sqliteError(sqliteResult.ioFsync);
      };
    },
    refuse: () => faulty.fail(sqliteResult.ioWrite, 'BEGIN'),
    hang: () => blocker.exec('BEGIN IMMEDIATE'),
    heal() {
      faulty.heal();
      if (blocker.inTransaction) blocker.exec('ROLLBACK');
    },
  };
}

describeEventStoreContract('SQLite', {
  atomic: true,
  failsOnDemand: true,
  makeLog: () => makeLog({}),
});

describeEventStoreContract('SQLite, one stream per append', {
  atomic: false,
  failsOnDemand: true,
  makeLog: () => makeLog({ atomic: false }),
});

describeEventStoreContract('SQLite, under a prefix of its own', {
  atomic: true,
  failsOnDemand: true,
  makeLog: () => makeLog({ prefix: 'tenant-' }),
});
