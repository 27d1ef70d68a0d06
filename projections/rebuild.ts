import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { noteWitness } from './checkpoint-witness.ts';
import { clearStop, setCheckpoint } from './read-model.ts';
import { RebuildTables } from './rebuild-tables.ts';

export interface RebuildProgress {
  readonly events: number;
  readonly position: Position;
  readonly head: Position;
}

export interface RebuildSource {
  readonly store: EventStore;
  /** Of the file that holds the lookups. */
  readonly writer: SqliteWriter;
  /**
   * Where the live lookups stand, read inside the swapping transaction: the log's own head where it is the same
   * file, else their checkpoint, which a projector may be moving.
   */
  readonly headInside: (db: SqliteDb) => Position;
  /** The file keeps the accounts' events beside the lookups, and knows which store its checkpoint is of. */
  readonly elsewhere?: boolean;
}

const BATCH = 1_000;
const TRIES = 100;

/** A rebuild in tables of its own beside the live ones. Throws PoisonEvent for an event nobody can read. */
class Rebuild {
  readonly tables: RebuildTables;
  readonly #source: RebuildSource;
  #events = 0;
  /** Everything up to here has been taken. */
  position: Position = 0n;
  /** The last event taken. */
  last: RecordedEvent | undefined;

  constructor(source: RebuildSource) {
    this.#source = source;
    this.tables = new RebuildTables(source.elsewhere ?? false);
  }

  async begin(): Promise<void> {
    await this.#source.writer.write((db) => this.tables.make(db));
  }

  /** Applies every event up to the goal. */
  async catchUp(goal: Position, onProgress?: (progress: RebuildProgress) => void): Promise<void> {
    if (this.position >= goal) return;
    const tell = () => onProgress?.({ events: this.#events, position: this.position, head: goal });
    const abort = new AbortController();
    let batch: RecordedEvent[] = [];
    const from = this.last?.position;
    const { store } = this.#source;
    for await (const item of store.subscribe({ from, prefixes: [], signal: abort.signal })) {
      if ('caughtUp' in item || item.position > goal) break;
      batch.push(item);
      if (batch.length < BATCH) continue;
      await this.#take(batch);
      batch = [];
      tell();
    }
    abort.abort();
    await this.#take(batch);
    this.position = goal;
    tell();
  }

  async #take(batch: readonly RecordedEvent[]): Promise<void> {
    const last = batch.at(-1);
    if (!last) return;
    await this.#source.writer.write((db) => this.tables.take(db, batch));
    this.last = last;
    this.position = last.position;
    this.#events += batch.length;
  }
}

/**
 * Makes the lookups again from the first event, beside the live ones, and swaps them in one transaction.
 * Readers and writers go on meanwhile, and so does a projector of another process, which goes on from where the swap
 * left the checkpoint; interrupting it leaves the live ones as they were.
 * Answers whether the result differed from what was live. Throws PoisonEvent, RebuildOvertaken, Unavailable.
 */
export async function rebuildLookups(
  source: RebuildSource,
  onProgress?: (progress: RebuildProgress) => void,
): Promise<{ readonly differed: boolean }> {
  const rebuild = new Rebuild(source);
  await rebuild.begin();
  const equal = await equalsLive(rebuild, source, onProgress);
  for (let tries = 0; tries < TRIES; tries += 1) {
    await rebuild.catchUp(await source.store.head(), onProgress);
    const swapped = await source.writer.write((db) => swapIfLevel(db, rebuild, source));
    if (swapped) return { differed: !equal };
  }
  throw tooBusy();
}

/** Swaps only when nothing stands beyond the rebuilt lookups. */
function swapIfLevel(
  db: SqliteDb,
  { tables, position, last }: Rebuild,
  { headInside, elsewhere }: RebuildSource,
): boolean {
  if (headInside(db) > position) return false;
  tables.swap(db);
  clearStop(db);
  setCheckpoint(db, elsewhere ? (last?.position ?? 0n) : position);
  if (elsewhere && last) noteWitness(db, last);
  return true;
}

/** A fresh fold beside the live lookups, compared and thrown away: what `doctor` asks (I6). */
export async function compareWithFreshFold(
  source: RebuildSource,
): Promise<{ readonly equal: boolean }> {
  const rebuild = new Rebuild(source);
  await rebuild.begin();
  try {
    return { equal: await equalsLive(rebuild, source) };
  } finally {
    await source.writer.write((db) => rebuild.tables.discard(db));
  }
}

/** Folds as far as the live lookups have come, and compares. */
async function equalsLive(
  rebuild: Rebuild,
  { writer, headInside }: RebuildSource,
  onProgress?: (progress: RebuildProgress) => void,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await rebuild.catchUp(await writer.write(headInside), onProgress);
    const equal = await writer.write((db) =>
      headInside(db) > rebuild.position ? undefined : rebuild.tables.equalLive(db),
    );
    if (equal !== undefined) return equal;
  }
  throw tooBusy();
}

const tooBusy = () =>
  new Error('the log grew faster than it could be followed; try again when it is quieter');
