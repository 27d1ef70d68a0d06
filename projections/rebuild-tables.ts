import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import {
  createAccountEvents,
  indexAccountEvents,
  keepAccountEvent,
  liveAccountEvents,
  rebuildAccountEvents,
} from './account-events.ts';
import {
  applyToLookups,
  createLookupTables,
  indexByAccount,
  indexEnding,
  liveTables,
  rebuildTables,
} from './lookups.ts';

/** Another rebuild began meanwhile and has the tables: this one ends, and what is live stays as it was. */
export class RebuildOvertaken extends Error {
  readonly code = 'rebuild-overtaken';

  constructor() {
    super('another rebuild began meanwhile; what is live was not touched');
  }
}

/**
 * SQLite renames no index, and to make this one again takes seconds at a million accounts: it keeps the name it has.
 * The first name is left to those who make the live tables anew.
 */
function freeIndexName(db: SqliteDb): string {
  const base = indexByAccount(liveTables);
  const taken = db.get('SELECT 1 FROM sqlite_schema WHERE name = ?', `${base}_2`);
  return taken ? `${base}_3` : `${base}_2`;
}

/** The tables of a rebuild beside the live ones. Every method runs inside the caller's transaction. */
export class RebuildTables {
  readonly #alsoEvents: boolean;
  readonly #me = randomUUID();

  /** `alsoEvents`: the accounts' events are kept beside the lookups. */
  constructor(alsoEvents: boolean) {
    this.#alsoEvents = alsoEvents;
  }

  /** What an interrupted rebuild left is thrown away first. */
  make(db: SqliteDb): void {
    this.#drop(db);
    db.exec('CREATE TABLE rebuild_owner (me TEXT NOT NULL) STRICT');
    db.run('INSERT INTO rebuild_owner VALUES (?)', this.#me);
    db.exec(createLookupTables(rebuildTables, freeIndexName(db)));
    if (this.#alsoEvents) db.exec(createAccountEvents(rebuildAccountEvents));
  }

  /** Throws PoisonEvent for an event nobody can read, RebuildOvertaken. */
  take(db: SqliteDb, events: readonly RecordedEvent[]): void {
    this.#checkMine(db);
    for (const event of events) {
      applyToLookups(db, event, rebuildTables);
      if (this.#alsoEvents) keepAccountEvent(db, event, rebuildAccountEvents);
    }
  }

  /** Rows that were folded elsewhere. Throws RebuildOvertaken. */
  add(db: SqliteDb, rows: (db: SqliteDb) => void): void {
    this.#checkMine(db);
    rows(db);
  }

  /** Puts them in the place of the live ones. */
  swap(db: SqliteDb): void {
    this.#checkMine(db);
    db.exec(`DROP TABLE ${liveTables.keys}; DROP TABLE ${liveTables.accounts};`);
    db.exec(`ALTER TABLE ${rebuildTables.accounts} RENAME TO ${liveTables.accounts};`);
    db.exec(`ALTER TABLE ${rebuildTables.keys} RENAME TO ${liveTables.keys};`);
    db.exec(`DROP INDEX ${rebuildTables.accounts}_ending;`);
    db.exec(indexEnding(liveTables.accounts));
    if (this.#alsoEvents) {
      db.exec(`DROP TABLE ${liveAccountEvents}`);
      db.exec(`ALTER TABLE ${rebuildAccountEvents} RENAME TO ${liveAccountEvents}`);
      db.exec(indexAccountEvents);
    }
    db.exec('DROP TABLE rebuild_owner');
  }

  /** Throws them away, unless they are another rebuild's. */
  discard(db: SqliteDb): void {
    if (this.#isMine(db)) this.#drop(db);
  }

  #drop(db: SqliteDb): void {
    const { keys, accounts } = rebuildTables;
    for (const table of [keys, accounts, rebuildAccountEvents, 'rebuild_owner']) {
      db.exec(`DROP TABLE IF EXISTS ${table}`);
    }
  }

  #checkMine(db: SqliteDb): void {
    if (!this.#isMine(db)) throw new RebuildOvertaken();
  }

  #isMine(db: SqliteDb): boolean {
    const there = db.get(`SELECT 1 FROM sqlite_schema WHERE name = 'rebuild_owner'`);
    return there !== undefined && db.get('SELECT me FROM rebuild_owner')?.['me'] === this.#me;
  }
}
