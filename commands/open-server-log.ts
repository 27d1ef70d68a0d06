import { join } from 'node:path';
import { openEsdbEventStore, type EsdbEventStore } from '../eventstore/esdb-event-store.ts';
import { faultCode, type EventStore } from '../eventstore/event-store.ts';
import { LogGate, type Sighting } from '../eventstore/log-gate.ts';
import { readLease } from '../projections/projector-lease.ts';
import { ReadModelFile } from '../projections/read-model-file.ts';
import { Lookups, projectionState } from '../projections/read-model.ts';
import { BelongingLog } from './belonging-log.ts';
import type { Deps } from './deps.ts';
import type { OpenedLogParts, Saving, ServerLogParts } from './opened-log.ts';
import { withCopy } from './page-store.ts';
import { projectServerLog, type CatchingUp } from './project-server-log.ts';

/** What a process that serves asks of a log elsewhere. */
export interface Serving {
  /** The log was reached late, and is not the one that belongs here: the process must end and say so. */
  readonly refused: (error: unknown) => void;
  readonly catchingUp?: (progress: CatchingUp) => void;
}

export interface OpenServerLog {
  readonly url: string;
  readonly prefix: string;
  readonly dataDir: string;
  readonly deps: Pick<Deps, 'vault' | 'report'>;
  /** Checks that the log belongs here and answers its id. */
  readonly install: (store: EventStore) => Promise<string>;
  /** Without it the log must be there now, and nothing is projected: what a command line needs. */
  readonly serving: Serving | undefined;
}

interface Opened {
  readonly options: OpenServerLog;
  readonly server: EsdbEventStore;
  readonly model: ReadModelFile;
}

/**
 * Opens the log on a server, and this machine's read model of it. A process that serves starts without the server
 * too: everything is Unavailable until the log was reached and checked (F23). Throws what `install` throws, a plain
 * error for an address that cannot be used, ReadModelDamaged.
 */
export async function openServerLog(options: OpenServerLog): Promise<ServerLogParts> {
  const { url, prefix, dataDir, serving } = options;
  const server = await openEsdbEventStore({ url, prefix });
  const model = await ReadModelFile.open(join(dataDir, 'read.db'));
  const opened = { options, server, model };
  try {
    return await (serving ? openServing(opened, serving) : openForOnce(opened));
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function openForOnce(opened: Opened): Promise<ServerLogParts> {
  const { options, server } = opened;
  const logId = await options.install(server);
  return {
    ...parts(opened, { store: server, seen: () => undefined }),
    logId: Promise.resolve(logId),
    pageStore: server,
    newestFirst: async (before) => opened.model.newestFirst(logId, before),
    saving: async () => ({ possible: true }),
    readsOn: () => false,
    away: () => undefined,
    close: () => closeAll(opened),
  };
}

async function openServing(opened: Opened, serving: Serving): Promise<ServerLogParts> {
  const { options, server, model } = opened;
  const belonging = new BelongingLog((await options.deps.vault.logHeads.get())?.logId);
  const gate = new LogGate({
    store: server,
    check: async () => belonging.found(await options.install(server)),
    refused: serving.refused,
  });
  await openOrWait(gate, options.deps.report);
  const end = new AbortController();
  const projecting = gate.opened().then(async () => {
    const logId = await belonging.logId;
    const { deps } = options;
    const { catchingUp } = serving;
    const all = { store: server, model, gate, logId, deps, catchingUp };
    if (!end.signal.aborted) await projectServerLog(all, end.signal);
  });
  const copy = (stream: string, from: number) =>
    belonging.known === undefined ? undefined : model.keptEvents(belonging.known, stream, from);
  return {
    ...parts(opened, { store: gate.store, seen: () => gate.seen }),
    logId: belonging.logId,
    pageStore: withCopy(gate.store, copy),
    newestFirst: async (before) => model.newestFirst(belonging.known ?? '', before),
    saving: async () => (gate.open ? { possible: true } : cannotSave),
    readsOn: () => gate.seen !== undefined,
    away: () => (gate.open ? undefined : { asOf: levelAt(model) }),
    close: async () => {
      end.abort();
      if (gate.seen) await projecting;
      await gate.close();
      await closeAll(opened);
    },
  };
}

async function openOrWait(gate: LogGate, report: Deps['report']): Promise<void> {
  try {
    await gate.tryOpening();
  } catch (error) {
    if (!['unavailable', 'outcome-unknown'].includes(faultCode(error) ?? '')) throw error;
    report({ what: 'reaching-log', error });
  }
  gate.watch();
}

const cannotSave: Saving = {
  possible: false,
  reason: 'unavailable',
  message: 'the log cannot be reached',
};

interface Reading {
  readonly store: EventStore;
  /** The last look at the log's end. */
  readonly seen: () => Sighting | undefined;
}

function parts(
  { server, model }: Opened,
  { store, seen }: Reading,
): Pick<ServerLogParts, 'kind' | 'server'> &
  Pick<OpenedLogParts, 'store' | 'lookups' | 'rebuilding' | 'condition'> {
  return {
    kind: 'server',
    server,
    store,
    lookups: new Lookups(model.db),
    rebuilding: {
      store: server,
      writer: model.writer,
      headInside: (db) => projectionState(db).position,
      elsewhere: true,
    },
    condition: (now) => {
      const { position, stopped } = projectionState(model.db);
      const lease = readLease(model.db, now.getTime());
      const last = seen();
      // What came after the last look, nobody can say: a log that is away leaves the lookups as old as that.
      const levelAt = last && position >= last.newest ? last.at : lease?.levelAt;
      const behindMs = levelAt ? Math.max(0, now.getTime() - levelAt.getTime()) : null;
      const done = last && last.newest > 0n ? Number(position) / Number(last.newest) : null;
      return { position, stopped, behindMs, done, driven: lease?.held ?? false };
    },
  };
}

const levelAt = (model: ReadModelFile): Date | null =>
  readLease(model.db, Date.now())?.levelAt ?? null;

async function closeAll({ server, model }: Opened): Promise<void> {
  await server.close();
  await model.close();
}
