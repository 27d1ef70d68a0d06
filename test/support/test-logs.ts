import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { newestPosition } from '../../eventstore/sqlite-events-table.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { inlineLookups } from '../../projections/inline.ts';
import { Projector } from '../../projections/projector.ts';
import { ReadModelFile } from '../../projections/read-model-file.ts';
import { Lookups, prepareReadModel, projectionState } from '../../projections/read-model.ts';
import type { RebuildSource } from '../../projections/rebuild.ts';
import { startPeer, type PeerServer } from './esdb-servers.ts';

const realUrl = process.env['EVENTSTORE_URL'];

/** Every log that commands run on: a real server is among them where `EVENTSTORE_URL` names one. */
export const logKinds = [
  'the embedded log',
  'the embedded log, one stream at a time',
  'EventStoreDB, the protocol peer',
  ...(realUrl ? (['EventStoreDB, a real server'] as const) : []),
] as const;
export type LogKind = (typeof logKinds)[number];

/** A log as one process has it open, and its lookups. */
export interface TestLog<Store extends EventStore = EventStore> {
  readonly store: Store;
  readonly lookups: Lookups;
  readonly rebuilding: RebuildSource;
  /** Resolves when the lookups hold everything that the log holds, or stand still. */
  readonly level: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The log of a folder: processes that share one share the log. */
export function openTestLog(dir: string, kind: LogKind): Promise<TestLog> {
  switch (kind) {
    case 'the embedded log':
      return openEmbedded(dir, true);
    case 'the embedded log, one stream at a time':
      return openEmbedded(dir, false);
    case 'EventStoreDB, the protocol peer':
    case 'EventStoreDB, a real server':
      return serverUrl(kind).then((url) => openOnServer(dir, url));
  }
}

/** The kinds of which one server is shared by the logs of many tests. */
export const serverKinds = logKinds.filter((kind) => kind.startsWith('EventStoreDB'));

/** Where the log of a folder is: each under a prefix of its own. */
export const serverPlace = async (dir: string, kind: LogKind) => ({
  url: await serverUrl(kind),
  prefix: prefixOf(dir),
});

const serverUrl = async (kind: LogKind): Promise<string> =>
  kind === 'EventStoreDB, a real server' ? (realUrl ?? '') : (await thePeer()).url;

const prefixOf = (dir: string): string =>
  `test-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}-`;

export async function openEmbedded(dir: string, atomic: boolean) {
  const path = join(dir, 'log.db');
  const store = await openSqliteEventStore({ path, atomic, inline: inlineLookups });
  await store.writer.write(prepareReadModel);
  const close = () => store.close();
  const rebuilding: RebuildSource = { store, writer: store.writer, headInside: newestPosition };
  return { store, lookups: new Lookups(store.db), rebuilding, level: async () => undefined, close };
}

let peer: Promise<PeerServer> | undefined;
const thePeer = () => (peer ??= startPeer());

afterAll(async () => {
  const started = await peer;
  peer = undefined;
  await started?.stop();
});

/** The log of a folder on any server, under a prefix of its own. */
export async function openOnServer(dir: string, url: string): Promise<TestLog> {
  const store = await openEsdbEventStore({ url, prefix: prefixOf(dir) });
  const model = await ReadModelFile.open(join(dir, 'read.db'));
  const end = new AbortController();
  const faults: unknown[] = [];
  const report = (error: unknown) => faults.push(error);
  const projector = new Projector({ store, model, logId: dir, seen: () => undefined, report });
  const running = projector.run(end.signal);
  return {
    store,
    lookups: new Lookups(model.db),
    rebuilding: {
      store,
      writer: model.writer,
      headInside: (db) => projectionState(db).position,
      elsewhere: true,
    },
    level: async () => {
      const head = await store.head();
      for (let state = projectionState(model.db); state.position < head && !state.stopped;) {
        await sleep(10);
        state = projectionState(model.db);
      }
      if (faults.length > 0) throw new AggregateError(faults, 'the projector met faults');
    },
    close: async () => {
      end.abort();
      await running;
      await store.close();
      await model.close();
    },
  };
}
