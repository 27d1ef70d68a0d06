import { join } from 'node:path';
import { openEsdbEventStore, type EsdbEventStore } from '../eventstore/esdb-event-store.ts';
import { faultCode, type EventStore } from '../eventstore/event-store.ts';
import { LogGate } from '../eventstore/log-gate.ts';
import { Projector } from '../projections/projector.ts';
import { readLease } from '../projections/projector-lease.ts';
import { ReadModelFile } from '../projections/read-model-file.ts';
import { Lookups, projectionState } from '../projections/read-model.ts';
import type { Deps } from './deps.ts';
import type { ServerLogParts } from './opened-log.ts';
import { withCopy } from './page-store.ts';
import { recordLogHead } from './record-log-head.ts';

/** What a process that serves asks of a log elsewhere. */
export interface Serving {
  /** The log was reached late, and is not the one that belongs here: the process must end and say so. */
  readonly refused: (error: unknown) => void;
  /** Told now and then while the lookups are far behind. */
  readonly catchingUp?: (progress: CatchingUp) => void;
}

export interface CatchingUp {
  /** Taken since this process began. */
  readonly events: number;
  /** Of the log, from 0 to 1. */
  readonly done: number;
}

export interface OpenServerLog {
  readonly url: string;
  readonly prefix: string;
  readonly dataDir: string;
  readonly vault: Deps['vault'];
  readonly report: Deps['report'];
  readonly install: (store: EventStore) => Promise<string>;
  /** Without it the log must be there now, and nothing is projected: what a command line needs. */
  readonly serving?: Serving | undefined;
}

/**
 * Opens the log on a server, and this machine's read model of it. A process that serves starts without the server
 * too: everything is Unavailable until it was reached and checked (F23). Throws what `install` throws, a plain error
 * for an address that cannot be used, ReadModelDamaged.
 */
export async function openServerLog(options: OpenServerLog): Promise<ServerLogParts> {
  const { url, prefix, dataDir, serving } = options;
  const server = await openEsdbEventStore({ url, prefix });
  const model = await ReadModelFile.open(join(dataDir, 'read.db'));
  const opened = { options, server, model };
  return serving ? openServing(opened, serving) : openForOnce(opened);
}

interface Opened {
  readonly options: OpenServerLog;
  readonly server: EsdbEventStore;
  readonly model: ReadModelFile;
}

async function openForOnce(opened: Opened): Promise<ServerLogParts> {
  const { options, server, model } = opened;
  const close = async () => {
    await server.close();
    await model.close();
  };
  try {
    const logId = Promise.resolve(await options.install(server));
    const store = server;
    return { ...parts(opened, store), logId, pageStore: store, away: () => undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServing(opened: Opened, serving: Serving): Promise<ServerLogParts> {
  const { options, server, model } = opened;
  const { vault, install, report } = options;
  const seenBefore = await vault.logHeads.get();
  const { promise: logId, resolve: found } = Promise.withResolvers<string>();
  let known = seenBefore?.logId;
  const gate = new LogGate({
    store: server,
    check: async () => found((known = await install(server))),
    refused: serving.refused,
  });
  await gate.tryOpening().catch((error: unknown) => {
    if (!['unavailable', 'outcome-unknown'].includes(faultCode(error) ?? '')) throw error;
    report({ what: 'reaching-log', error });
  });
  gate.watch();
  const end = new AbortController();
  const projecting = logId.then((id) => project(opened, { id, gate, serving }, end.signal));
  const copy = (stream: string, from: number) =>
    known === undefined ? [] : model.accountEvents(known, stream, from);
  return {
    ...parts(opened, gate.store),
    logId,
    saving: async () => (gate.open ? { possible: true } : away),
    pageStore: withCopy(gate.store, copy),
    away: () => (gate.open ? undefined : { asOf: levelAt(model) }),
    close: async () => {
      end.abort();
      await gate.close();
      await (gate.seen && projecting);
      await server.close();
      await model.close();
    },
  };
}
