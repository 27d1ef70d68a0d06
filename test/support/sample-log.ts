import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { StreamAuthor, untilCaughtUp } from './log-events.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** The bytes of a log's two files at one moment, as a crash would leave them. */
export interface LogBytes {
  readonly db: Buffer;
  readonly wal: Buffer;
}

export interface SampleLog extends LogBytes {
  /** The ids of all events after each append, the first entry being what stands in the .db alone. */
  readonly states: readonly (readonly string[])[];
}

/** Appends `inFile` times, checkpoints, appends `inWal` times more: three streams, one or two of them each time. */
export async function makeSampleLog(sizes: {
  readonly inFile: number;
  readonly inWal: number;
}): Promise<SampleLog> {
  const path = join(temporaryDirectory(), 'sample.db');
  const store = await openSqliteEventStore({ path });
  const authors = ['one', 'two', 'three'].map((name) => new StreamAuthor(`stream-${name}`));
  const appendTo = (turn: number) => {
    const among = authors.filter((_, index) => (turn + index) % 3 !== 0);
    return store.append(among.map((author) => author.next({ data: { turn } }, {})));
  };
  for (let turn = 0; turn < sizes.inFile; turn += 1) await appendTo(turn);
  const other = new SqliteDb(path);
  other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const states = [await idsIn(store)];
  for (let turn = 0; turn < sizes.inWal; turn += 1) {
    await appendTo(turn);
    states.push(await idsIn(store));
  }
  const bytes = { db: readFileSync(path), wal: readFileSync(`${path}-wal`) };
  other.close();
  await store.close();
  return { ...bytes, states };
}

export const idsIn = async (store: EventStore): Promise<string[]> =>
  (await untilCaughtUp(store, { prefixes: [] })).map(({ id }) => id);

/** Writes the files anew, without a -shm, and answers the log's path. */
export function layOut({ db, wal }: LogBytes, directory: string): string {
  const path = join(directory, 'log.db');
  rmSync(`${path}-shm`, { force: true });
  writeFileSync(path, db);
  writeFileSync(`${path}-wal`, wal);
  return path;
}

/** The same bytes with one bit turned over. */
export function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(bit / 8);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at);
  return copy;
}

/** Gives a stream another name in the index alone, in the file itself, so that reading by name misses its events. */
export function hideFromIndex(path: string, stream: string): void {
  const [pageSize, indexLeaf] = [4_096, 0x0a];
  const db = readFileSync(path);
  const file = openSync(path, 'r+');
  for (let page = 0; page < db.length; page += pageSize) {
    const names = db.subarray(page, page + pageSize);
    if (names[0] !== indexLeaf) continue;
    for (let at = names.indexOf(stream); at !== -1; at = names.indexOf(stream, at)) {
      names.write(stream.replace(/.$/, '~'), at);
    }
    writeSync(file, names, 0, pageSize, page);
  }
  closeSync(file);
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
export function numbersBelow(bound: number, seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}
