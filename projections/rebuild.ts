import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import {
  applyToLookups,
  createLookupTables,
  dumpLookups,
  liveTables,
  rebuildTables,
} from './lookups.ts';
import { clearStop, setCheckpoint } from './read-model.ts';

export interface RebuildProgress {
  readonly events: number;
  readonly position: Position;
  readonly head: Position;
}

export interface RebuildSource {
  readonly store: EventStore;
  /** Of the file that holds the lookups. */
  readonly writer: SqliteWriter;
  /** Where the live lookups must reach, read inside the swapping transaction: the log's own head where it is the same file. */
  readonly headInside: (db: SqliteDb) => Position;
}

const BATCH = 1_000;
const SWAP_TRIES = 100;

const dropRebuild = `DROP TABLE IF EXISTS ${rebuildTables.keys}; DROP TABLE IF EXISTS ${rebuildTables.accounts};`;

/** A rebuild in tables of its own beside the live ones. Throws PoisonEvent for an event nobody can read. */
class Rebuild {
  readonly #store: EventStore;
  readonly #writer: SqliteWriter;
  #events = 0;
  position: Position = 0n;

  constructor(store: EventStore, writer: SqliteWriter) {
    this.#store = store;
    this.#writer = writer;
  }

  /** What an interrupted rebuild left is thrown away first. */
  async begin(): Promise<void> {
    await this.#writer.write((db) => {
      db.exec(dropRebuild);
      db.exec(createLookupTables(rebuildTables));
    });
  }

  /** Applies everything the log holds now beyond the own position. */
  async catchUp(onProgress?: (progress: RebuildProgress) => void): Promise<void> {
    const head = await this.#store.head();
    if (this.position >= head) return;
    const abort = new AbortController();
    let batch: RecordedEvent[] = [];
    const subscription = this.#store.subscribe({
      from: this.position,
      prefixes: [],
      signal: abort.signal,
    });
    for await (const item of subscription) {
      if ('caughtUp' in item) break;
      batch.push(item);
      if (batch.length < BATCH) continue;
      await this.#take(batch);
      batch = [];
      onProgress?.({ events: this.#events, position: this.position, head });
    }
    abort.abort();
    await this.#take(batch);
    onProgress?.({ events: this.#events, position: this.position, head });
  }

  async #take(batch: readonly RecordedEvent[]): Promise<void> {
    const last = batch.at(-1);
    if (!last) return;
    await this.#writer.write((db) => {
      for (const event of batch) applyToLookups(db, event, rebuildTables);
    });
    this.position = last.position;
    this.#events += batch.length;
  }
}

/**
 * Makes the lookups again from the first event, beside the live ones, and swaps them in one transaction.
 * Readers and writers go on meanwhile; interrupting it leaves the live ones as they were.
 * Answers how many events it read and whether the result differed from what was live.
 */
export async function rebuildLookups(
  { store, writer, headInside }: RebuildSource,
  onProgress?: (progress: RebuildProgress) => void,
): Promise<{ readonly differed: boolean }> {
  const rebuild = new Rebuild(store, writer);
  await rebuild.begin();
  for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
    await rebuild.catchUp(onProgress);
    const swapped = await writer.write((db) => swapIfLevel(db, rebuild.position, headInside));
    if (swapped) return swapped;
  }
  throw new Error(
    'the log grew faster than the rebuild could follow; run it again when it is quieter',
  );
}

/** Swaps only when nothing stands beyond the rebuilt lookups. */
function swapIfLevel(
  db: SqliteDb,
  position: Position,
  headInside: RebuildSource['headInside'],
): { differed: boolean } | undefined {
  if (headInside(db) > position) return undefined;
  const differed = dumpLookups(db, rebuildTables) !== dumpLookups(db, liveTables);
  db.exec(`DROP TABLE ${liveTables.keys}; DROP TABLE ${liveTables.accounts};`);
  db.exec(`ALTER TABLE ${rebuildTables.accounts} RENAME TO ${liveTables.accounts};`);
  db.exec(`ALTER TABLE ${rebuildTables.keys} RENAME TO ${liveTables.keys};`);
  db.exec(`DROP INDEX ${rebuildTables.keys}_by_account;`);
  db.exec(`CREATE INDEX ${liveTables.keys}_by_account ON ${liveTables.keys} (account_id);`);
  clearStop(db);
  setCheckpoint(db, position);
  return { differed };
}

/** A fresh fold beside the live lookups, compared and thrown away: what `doctor` asks (I6). */
export async function compareWithFreshFold({
  store,
  writer,
  headInside,
}: RebuildSource): Promise<{ readonly equal: boolean }> {
  const rebuild = new Rebuild(store, writer);
  await rebuild.begin();
  try {
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      await rebuild.catchUp();
      const equal = await writer.write((db) => equalIfLevel(db, rebuild.position, headInside));
      if (equal !== undefined) return { equal };
    }
    throw new Error('the log grew faster than the comparison could follow');
  } finally {
    await writer.write((db) => db.exec(dropRebuild));
  }
}

function equalIfLevel(
  db: SqliteDb,
  position: Position,
  headInside: RebuildSource['headInside'],
): boolean | undefined {
  if (headInside(db) > position) return undefined;
  return dumpLookups(db, rebuildTables) === dumpLookups(db, liveTables);
}
