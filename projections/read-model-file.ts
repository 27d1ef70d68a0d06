import { closeSync, openSync, statSync } from 'node:fs';
import type { EventStore, Position, RecordedEvent, Stretch } from '../eventstore/event-store.ts';
import { accountIdOf } from '../domain/streams.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import {
  createAccountEvents,
  indexAccountEvents,
  keptEvents,
  keptEventsBefore,
  liveAccountEvents,
} from './account-events.ts';
import { checkpointIsOf, createWitness, forgetWitness } from './checkpoint-witness.ts';
import { liveTables } from './lookups.ts';
import { createLease } from './projector-lease.ts';
import { bindToLog, prepareReadModel, projectionState, startOver } from './read-model.ts';

const stretchEvents = 256;

/** The file cannot serve: it holds nothing of its own, so it may go. */
export class ReadModelDamaged extends Error {
  readonly code = 'read-model-damaged';
}

/**
 * What a log elsewhere is read through on this machine: lookups and the accounts' events as recorded, in one file
 * that all processes of the machine share. One of them, the holder of its lease, writes it. It holds nothing of its
 * own: what is in it comes again from the log.
 */
export class ReadModelFile {
  /** For reading. */
  readonly db: SqliteDb;
  /** The one writer of this process. */
  readonly writer: SqliteWriter;
  readonly #writing: SqliteDb;

  private constructor(reading: SqliteDb, writing: SqliteDb) {
    this.db = reading;
    this.#writing = writing;
    this.writer = new SqliteWriter(writing);
  }

  /** Makes or opens the file, readable by its owner only. Throws ReadModelDamaged and SQLite's own errors. */
  static async open(path: string): Promise<ReadModelFile> {
    const opened: SqliteDb[] = [];
    try {
      makePrivateFile(path);
      const writing = await openSqlite({ path, derived: true });
      opened.push(writing);
      const writer = new SqliteWriter(writing);
      await writer.write(prepare);
      await writer.close();
      const reading = await openSqlite({ path, readOnly: true });
      return new ReadModelFile(reading, writing);
    } catch (error) {
      for (const db of opened) db.close();
      if (sqliteFault(error) !== 'damaged') throw error;
      const advice =
        'Stop every process that uses it and delete it: it is made again from the log.';
      throw new ReadModelDamaged(`the read model ${path} is damaged. ${advice}`, { cause: error });
    }
  }

  /**
   * Makes sure that the rows are this log's, as this store keeps it; others are thrown away. For who may write, as
   * `mayWrite` finds inside the transaction. Throws Unavailable, and what `mayWrite` throws.
   */
  async bind(
    store: Pick<EventStore, 'read'>,
    logId: string,
    mayWrite: (db: SqliteDb) => void,
  ): Promise<void> {
    const { position } = projectionState(this.db);
    const known = await checkpointIsOf(store, this.db, position);
    await this.writer.write((db) => {
      mayWrite(db);
      if (!known && projectionState(db).position === position) startOver(db);
      bindToLog(db, logId);
      emptyWhatStartsOver(db);
    });
  }

  /**
   * The copy of an account's events. Undefined where nothing is known of it: other streams, another log's rows, and an
   * account whose first event has not come.
   */
  keptEvents(logId: string, stream: string, from: number): readonly RecordedEvent[] | undefined {
    const isAccount = accountIdOf(stream) !== undefined;
    if (!isAccount || projectionState(this.db).logId !== logId) return undefined;
    const events = keptEvents(this.db, stream, from);
    return events.length === 0 && from === 0 ? undefined : events;
  }

  /** A stretch of what is kept of all accounts before a position; empty where the rows are another log's. */
  newestFirst(logId: string, before: Position): Stretch {
    const ours = projectionState(this.db).logId === logId;
    const events = ours ? keptEventsBefore(this.db, before, stretchEvents) : [];
    return { events, before: events.at(-1)?.position };
  }

  async close(): Promise<void> {
    await this.writer.close();
    this.db.close();
    this.#writing.close();
  }
}

function prepare(db: SqliteDb): void {
  db.exec(createLease);
  db.exec(createWitness);
  prepareReadModel(db);
  emptyWhatStartsOver(db);
  db.exec(indexAccountEvents);
}

/**
 * What is kept beside the lookups has no version of its own: it begins where they begin. A checkpoint that went back
 * to the first event keeps its rows.
 */
function emptyWhatStartsOver(db: SqliteDb): void {
  if (projectionState(db).position > 0n || db.get(`SELECT 1 FROM ${liveTables.accounts} LIMIT 1`)) {
    return;
  }
  db.exec(`DROP TABLE IF EXISTS ${liveAccountEvents}`);
  db.exec(createAccountEvents(liveAccountEvents));
  db.exec(indexAccountEvents);
  db.run('UPDATE projector_lease SET level_at = NULL');
  forgetWitness(db);
}

/** SQLite gives -wal and -shm the mode of the file itself. */
function makePrivateFile(path: string): void {
  if (path === ':memory:' || statSync(path, { throwIfNoEntry: false })) return;
  closeSync(openSync(path, 'a', 0o600));
}
