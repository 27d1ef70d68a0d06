import { existsSync } from 'node:fs';
import { openEsdbEventStore, type EsdbEventStore } from '../eventstore/esdb-event-store.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { openClosedSqliteLog } from '../eventstore/sqlite-closed-log.ts';
import { openSqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { isSameFile, type LogPlace } from './log-place.ts';
import { BadCall } from './run-verb.ts';

/** A copy may wait for a server longer than a person waits for a page, in milliseconds. */
const deadlineMs = 10_000;

interface Side {
  readonly place: LogPlace;
  /** Of the servers that keep it; none for a file. */
  readonly instances: readonly string[];
}

/** The two logs of a copy. A source in a file is closed to everybody else until it is closed here. */
export class OpenedLogs {
  readonly #stores: EventStore[] = [];
  #source: Side | undefined;

  /** Throws BadCall, LogInUse, LogDamaged, Unavailable. */
  async source(place: LogPlace): Promise<EventStore> {
    if (place.kind === 'server') {
      const { store, instances } = await this.#server(place);
      this.#source = { place, instances };
      return store;
    }
    if (!existsSync(place.path)) throw new BadCall(`there is no file ${place.path}`);
    this.#source = { place, instances: [] };
    return this.#remember(await openClosedSqliteLog(place));
  }

  /** Throws BadCall for what overlaps the source, LogDamaged, Unavailable. */
  async target(place: LogPlace): Promise<EventStore> {
    const source = this.#source;
    if (source && isSameFile(source.place, place)) {
      throw new BadCall('source and target are the same file');
    }
    if (place.kind === 'file') return this.#remember(await openSqliteEventStore(place));
    const { store, instances } = await this.#server(place);
    if (source) refuseOverlap(source, { place, instances });
    return store;
  }

  async close(): Promise<void> {
    for (const store of this.#stores) await store.close();
  }

  #remember<Store extends EventStore>(store: Store): Store {
    this.#stores.push(store);
    return store;
  }

  async #server(place: LogPlace & { readonly kind: 'server' }) {
    const store: EsdbEventStore = this.#remember(
      await openEsdbEventStore({ ...place, limits: { deadlineMs } }),
    );
    const { members } = await store.serverInfo();
    return { store, instances: members.map(({ instanceId }) => instanceId) };
  }
}

/** On one server, a prefix that begins with the other's would make the copy a part of its own source. */
function refuseOverlap(source: Side, target: Side): void {
  if (!source.instances.some((instance) => target.instances.includes(instance))) return;
  const [one, other] = [source.place.prefix, target.place.prefix];
  if (one === other)
    throw new BadCall('source and target are the same log: one server, one prefix');
  if (!one.startsWith(other) && !other.startsWith(one)) return;
  throw new BadCall('source and target are one server, and one prefix begins with the other');
}
