import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import { retryBusy } from '../sqlite/sqlite-busy.ts';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { noteWitness } from './checkpoint-witness.ts';
import { clearStop, setCheckpoint } from './read-model.ts';
import { Following, type OnProgress } from './rebuild-following.ts';
import { RebuildFold } from './rebuild-fold.ts';
import { RebuildTables } from './rebuild-tables.ts';

export interface RebuildSource {
  readonly store: EventStore;
  /** Of the file that holds the lookups. */
  readonly writer: SqliteWriter;
  /**
   * Where the live lookups stand, read inside one transaction with them: the log's own head where it is the same
   * file, else their checkpoint, which a projector may be moving.
   */
  readonly headInside: (db: SqliteDb) => Position;
  /** The file keeps the accounts' events beside the lookups, and knows which store its checkpoint is of. */
  readonly elsewhere?: boolean;
}

const TRIES = 100;

/**
 * Makes the lookups again from the first event, beside the live ones, and swaps them in one transaction.
 * Readers and writers go on meanwhile, and so does a projector of another process, which goes on from where the swap
 * left the checkpoint; interrupting it leaves the live ones as they were.
 * Answers whether the result differed from what was live. Throws PoisonEvent, RebuildOvertaken, Unavailable.
 */
export async function rebuildLookups(
  source: RebuildSource,
  onProgress?: OnProgress,
): Promise<{ readonly differed: boolean }> {
  const { store, writer } = source;
  const following = new Following(store, onProgress);
  const tables = new RebuildTables(source.elsewhere ?? false);
  await writer.write((db) => tables.make(db));
  const equal = await withFold(source, async (fold) => {
    const found = await equalsLive(fold, following, source);
    await fold.copy((add) => writer.write((db) => tables.add(db, add)));
    return found;
  });
  for (let tries = 0; tries < TRIES; tries += 1) {
    const take = (events: readonly RecordedEvent[]) =>
      writer.write((db) => tables.take(db, events));
    await following.upTo(await store.head(), take);
    const swapped = await writer.write((db) => swapIfLevel(db, { tables, following }, source));
    if (swapped) return { differed: !equal };
  }
  throw new Error('the log grew faster than it could be followed; try again when it is quieter');
}

/** Swaps only when nothing stands beyond the rebuilt lookups. */
function swapIfLevel(
  db: SqliteDb,
  { tables, following }: { readonly tables: RebuildTables; readonly following: Following },
  { headInside, elsewhere }: RebuildSource,
): boolean {
  const { position, last } = following;
  if (headInside(db) > position) return false;
  tables.swap(db);
  clearStop(db);
  setCheckpoint(db, elsewhere ? (last?.position ?? 0n) : position);
  if (elsewhere && last) noteWitness(db, last);
  return true;
}

/** A fresh fold beside the live lookups, compared and thrown away: what `doctor` asks (I6). Writes nothing. */
export async function compareWithFreshFold(
  source: RebuildSource,
): Promise<{ readonly equal: boolean }> {
  const following = new Following(source.store);
  return {
    equal: await withFold(source, (fold) => equalsLive(fold, following, source)),
  };
}

async function withFold<Answer>(
  { elsewhere }: RebuildSource,
  work: (fold: RebuildFold) => Promise<Answer>,
): Promise<Answer> {
  const fold = new RebuildFold(elsewhere ?? false);
  try {
    return await work(fold);
  } finally {
    fold.close();
  }
}

/** Folds as far as the live lookups have come, and compares with them as they stood there, on a connection of its own. */
async function equalsLive(
  fold: RebuildFold,
  following: Following,
  { writer, headInside }: RebuildSource,
): Promise<boolean> {
  const take = (events: readonly RecordedEvent[]) => fold.take(events);
  await following.upTo(await writer.write(headInside), take);
  const live = new SqliteDb(writer.path, { readOnly: true });
  try {
    // From the first read on it sees one moment.
    live.exec('BEGIN');
    await following.upTo(await retryBusy(() => headInside(live)), take);
    return await fold.equals(live);
  } finally {
    live.close();
  }
}
