import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '../../eventstore/event-store.ts';
import { EsdbPeer } from './esdb-peer/peer-server.ts';
import { FaultProxy } from './fault-proxy.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A server to run the tests on. It may hold streams of others. */
export interface LogServer {
  readonly url: string;
  /** A proxy before it, to be closed by the caller, and the address of the server through it. */
  readonly proxied: () => Promise<{ readonly proxy: FaultProxy; readonly url: string }>;
  stop(): Promise<void>;
}

export interface PeerServer extends LogServer {
  readonly peer: EsdbPeer;
}

/** The protocol peer, with a log of its own that goes with it. */
export async function startPeer(): Promise<PeerServer> {
  const directory = makeTemporaryDirectory();
  const peer = await EsdbPeer.start(directory);
  return {
    peer,
    url: peer.url,
    proxied: () => proxied(peer.port),
    stop: async () => {
      peer.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

async function proxied(port: number) {
  const proxy = await FaultProxy.before(port);
  return { proxy, url: `esdb://127.0.0.1:${proxy.port}?tls=false` };
}

const realUrl = process.env['EVENTSTORE_URL'];
const realPort = /^\w+:\/\/(?:127\.0\.0\.1|localhost):(\d+)\/?\?(?:.*&)?tls=false/i.exec(
  realUrl ?? '',
)?.[1];

/** A proxy reads frames and knows loopback: a real server behind TLS or elsewhere has none. */
export const realHasProxy = realPort !== undefined;

const startReal = async (url: string): Promise<LogServer> => ({
  url,
  proxied: () => {
    if (realPort === undefined) throw new Error('only a loopback server without TLS has a proxy');
    return proxied(Number(realPort));
  },
  stop: async () => undefined,
});

/** Where every test of the log runs: on the peer, and on a real server where `EVENTSTORE_URL` names one. */
export const logServers: readonly (readonly [string, () => Promise<LogServer>])[] = [
  ['protocol peer', startPeer],
  ...(realUrl ? [['real server', () => startReal(realUrl)] as const] : []),
];

/** Where network faults can be had. */
export const proxiedServers = logServers.filter(([name]) => name !== 'real server' || realHasProxy);

/** Waits until the store finds its server again. */
export async function reachable(store: EventStore, withinMs = 20_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      await store.head();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await sleep(25);
  }
}
