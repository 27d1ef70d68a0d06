import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { logServers, proxiedServers, reachable, type LogServer } from '../support/esdb-servers.ts';
import { describeEventStoreContract, type ContractLog, type FaultsOnDemand } from './contract.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';

async function makeLog(server: LogServer, prefix = '', url = server.url): Promise<ContractLog> {
  const store = await openEsdbEventStore({ url, prefix });
  let other: EventStore | undefined;
  return {
    store,
    another: async () => (other ??= await openEsdbEventStore({ url: server.url, prefix })),
    close: async () => {
      await other?.close();
      await store.close();
      await server.stop();
    },
  };
}

async function makeFaultyLog(server: LogServer, prefix = ''): Promise<ContractLog> {
  const { proxy, url } = await server.proxied();
  const log = await makeLog(server, prefix, url);
  const close = async () => {
    await log.close();
    await proxy.close();
  };
  return { ...log, close, faults: networkFaults(proxy, log.store) };
}

/** A client that has not yet noticed the end of its connection would still send over it. */
const noticed = (store: EventStore) =>
  store.head().then(
    () => Promise.reject(new Error('the log answers')),
    () => undefined,
  );

/** How each fault of the contract looks on a network. */
const networkFaults = (proxy: FaultProxy, store: EventStore): FaultsOnDemand => ({
  loseNextAnswer: () => proxy.loseNextAnswer(),
  loseNextAppend: () => proxy.loseNextRequest(),
  refuse: async () => {
    await proxy.refuse();
    await noticed(store);
  },
  hang: () => proxy.silence(),
  heal: async () => {
    await proxy.heal();
    await reachable(store);
  },
});

for (const [name, start] of logServers) {
  const failsOnDemand = proxiedServers.some(([proxied]) => proxied === name);
  const make = failsOnDemand ? makeFaultyLog : makeLog;

  describeEventStoreContract(`EventStoreDB, ${name}`, {
    atomic: false,
    failsOnDemand,
    makeLog: async () => make(await start()),
  });

  describeEventStoreContract(`EventStoreDB, ${name}, under a prefix of its own`, {
    atomic: false,
    failsOnDemand,
    makeLog: async () => make(await start(), 'tenant-'),
  });
}
