import type { RecordedEvent } from '../eventstore/event-store.ts';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { createAccountEvents, keepAccountEvent, liveAccountEvents } from './account-events.ts';
import { applyToLookups, createLookupTables, liveTables } from './lookups.ts';
import { rebuiltTables } from './rebuilt-table.ts';
import { copyRows, sameRows } from './table-chunks.ts';

/** SQLite's own name for a file that nobody else sees and that goes when it is closed. */
const temporaryFile = '';
/** So much of it is held in memory, in KiB; the rest waits on the disk. */
const cacheSize = 32_768;

/**
 * Lookups folded from the first event on in a file of their own, by the same handlers. Keys come in no order: beside
 * the live tables every transaction would write most of their pages again, and keep those who write events waiting.
 */
export class RebuildFold {
  readonly #db = new SqliteDb(temporaryFile);
  readonly #alsoEvents: boolean;

  /** `alsoEvents`: the accounts' events are kept beside the lookups. */
  constructor(alsoEvents: boolean) {
    this.#alsoEvents = alsoEvents;
    // Nobody looks into a fold that was interrupted.
    this.#db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    this.#db.exec(`PRAGMA cache_size = -${cacheSize}; BEGIN`);
    this.#db.exec(createLookupTables(liveTables));
    if (alsoEvents) this.#db.exec(createAccountEvents(liveAccountEvents));
  }

  /** Throws PoisonEvent for an event nobody can read, RevisionGap, KeyOwnedTwice. */
  take(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      applyToLookups(this.#db, event, liveTables);
      if (this.#alsoEvents) keepAccountEvent(this.#db, event);
    }
  }

  /** Is it, byte for byte, what is live? `live` sees one moment as long as this takes. */
  async equals(live: SqliteDb): Promise<boolean> {
    for (const table of rebuiltTables(this.#alsoEvents)) {
      const [folded, standing] = [
        { db: this.#db, table },
        { db: live, table },
      ];
      if (!(await sameRows(folded, standing, table.business))) return false;
    }
    return true;
  }

  /** Puts it into the tables beside the live ones, by many small writes. */
  async copy(write: (work: (db: SqliteDb) => void) => Promise<void>): Promise<void> {
    for (const table of rebuiltTables(this.#alsoEvents)) {
      await copyRows({ db: this.#db, table }, table.beside, write);
    }
  }

  close(): void {
    this.#db.close();
  }
}
