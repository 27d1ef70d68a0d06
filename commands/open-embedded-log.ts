import { newestPosition } from '../eventstore/sqlite-events-table.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { catchUpInline, inlineLookups } from '../projections/inline.ts';
import { bindToLog, Lookups, prepareReadModel } from '../projections/read-model.ts';
import type { EmbeddedLogParts } from './opened-log.ts';

/**
 * Opens the log in a file of its own and brings its lookups up to date. `install` checks that the log belongs here and
 * answers its id. Throws LogDamaged, Unavailable, and what `install` throws.
 */
export async function openEmbeddedLog(
  place: { readonly path: string; readonly prefix: string },
  install: (store: SqliteEventStore) => Promise<string>,
): Promise<EmbeddedLogParts> {
  const store = await openSqliteEventStore({ ...place, inline: inlineLookups });
  const logId = await openLookups(store, () => install(store)).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const lookups = new Lookups(store.db);
  return {
    kind: 'embedded',
    store,
    sqlite: store,
    lookups,
    logId: Promise.resolve(logId),
    rebuilding: { store, writer: store.writer, headInside: newestPosition },
    saving: async () => {
      const now = await store.writable();
      return now.writable ? { possible: true } : { ...now, possible: false };
    },
    readsOn: () => false,
    condition: () => {
      const { position, stopped } = lookups.state();
      return { position, stopped, behindMs: 0, done: 1, driven: true };
    },
    newestFirst: (before) => store.newestFirst(before),
    close: () => store.close(),
  };
}

/** The lookups live in the log's own file. A file that cannot be written is served as it is. */
async function openLookups(
  store: SqliteEventStore,
  install: () => Promise<string>,
): Promise<string> {
  const { writable } = await store.writable();
  if (!writable) return install();
  await store.writer.write(prepareReadModel);
  const logId = await install();
  await store.writer.write((db) => bindToLog(db, logId));
  await catchUpInline(store, store.writer);
  return logId;
}
