import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import {
  createAccountEvents,
  dumpAccountEvents,
  indexAccountEvents,
  keepAccountEvent,
  liveAccountEvents,
  rebuildAccountEvents,
} from './account-events.ts';
import {
  applyToLookups,
  createLookupTables,
  dumpLookups,
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
    db.exec(createLookupTables(rebuildTables));
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

  /** Are they the same, byte for byte, as what is live? */
  equalLive(db: SqliteDb): boolean {
    this.#checkMine(db);
    const lookups = dumpLookups(db, rebuildTables) === dumpLookups(db, liveTables);
    if (!this.#alsoEvents || !lookups) return lookups;
    return dumpAccountEvents(db, rebuildAccountEvents) === dumpAccountEvents(db, liveAccountEvents);
  }

  /** Puts them in the place of the live ones. */
  swap(db: SqliteDb): void {
    this.#checkMine(db);
    db.exec(`DROP TABLE ${liveTables.keys}; DROP TABLE ${liveTables.accounts};`);
    db.exec(`ALTER TABLE ${rebuildTables.accounts} RENAME TO ${liveTables.accounts};`);
    db.exec(`ALTER TABLE ${rebuildTables.keys} RENAME TO ${liveTables.keys};`);
    db.exec(`DROP INDEX ${rebuildTables.keys}_by_account;`);
    db.exec(`CREATE INDEX ${liveTables.keys}_by_account ON ${liveTables.keys} (account_id);`);
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
