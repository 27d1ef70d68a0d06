import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite';
import sqlite3 from 'sqlite3';
import { serve } from './serve.js';

// Emmett's own SQLite store with an inline projection of two tables' worth: what its documents show for a command
// that loads, decides and appends. `sqlite3` opens files at synchronous=FULL by default.
const [folder = '.', accountsText = '256'] = process.argv.slice(2);
const accounts = Number(accountsText);

const renamed = (name) => ({
  type: 'ProfileChanged',
  data: { name, by: 'self', at: new Date().toISOString() },
});
const registered = (id) => ({
  type: 'UserRegistered',
  data: { id, username: `person-${id}`, email: `${id}@example.org`, at: new Date().toISOString() },
});

const fileName = join(folder, 'emmett.db');
await new Promise((resolve, reject) => {
  const db = new sqlite3.Database(fileName);
  db.exec(
    'CREATE TABLE accounts (account_id TEXT PRIMARY KEY, revision INTEGER NOT NULL)',
    (error) => (error ? reject(error) : db.close(resolve)),
  );
});

const store = getSQLiteEventStore({
  fileName,
  projections: [
    {
      type: 'inline',
      projection: {
        name: 'accounts',
        canHandle: ['UserRegistered', 'ProfileChanged'],
        handle: async (events, { connection }) => {
          for (const { metadata } of events) {
            await connection.command(
              `INSERT INTO accounts VALUES (?, ?)
               ON CONFLICT (account_id) DO UPDATE SET revision = excluded.revision`,
              [metadata.streamName, Number(metadata.streamPosition)],
            );
          }
        },
      },
    },
  ],
});

const evolve = (state, { type, data }) =>
  type === 'UserRegistered' ? { ...data } : { ...state, name: data.name };
const fold = (stream) =>
  store.aggregateStream(stream, { evolve, initialState: () => ({ id: '', name: '' }) });

/** Now and then it finds a statement of its own still running when it commits, and rolls back: the same wish again. */
async function append(stream, events, options) {
  try {
    await store.appendToStream(stream, events, options);
  } catch (error) {
    if (error.code !== 'SQLITE_BUSY') throw error;
    await append(stream, events, options);
  }
}

const streams = Array.from({ length: accounts }, () => `account-${randomUUID()}`);
for (const stream of streams) await append(stream, [registered(stream)]);
const long = `account-${randomUUID()}`;
const twenty = Array.from({ length: 19 }, (_, n) => renamed(`Person Number ${n}`));
await append(long, [registered(long), ...twenty]);

let turn = 0;
serve({
  command: async () => {
    const stream = streams[(turn += 1) % accounts];
    const { currentStreamVersion } = await fold(stream);
    await append(stream, [renamed(`Person Number ${turn}`)], {
      expectedStreamVersion: currentStreamVersion,
    });
  },
  fold: () => fold(long),
});
