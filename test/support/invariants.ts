import { chainStart, continuesChain } from '../../eventstore/chain.ts';
import type { EventStore, RecordedEvent, StreamWrite } from '../../eventstore/event-store.ts';
import { untilCaughtUp } from './log-events.ts';

/** An append whose success somebody was told. */
export type Acknowledged = Pick<StreamWrite, 'stream' | 'expected'> & {
  readonly events: readonly { readonly id: string }[];
};

/**
 * Reads all streams under the prefixes and answers every broken sentence about them:
 * I1 acknowledged ⊆ stored, at the revisions told · I2 revisions gap-free and unique, chains whole ·
 * I3 global position strictly increasing.
 */
export async function brokenLogInvariants(
  store: EventStore,
  prefixes: readonly string[],
  acknowledged: readonly Acknowledged[] = [],
): Promise<string[]> {
  const events = await untilCaughtUp(store, { prefixes });
  return [...brokenOrder(events), ...brokenStreams(events), ...lost(events, acknowledged)];
}

function brokenOrder(events: readonly RecordedEvent[]): string[] {
  return events
    .filter((event, index) => event.position <= (events[index - 1]?.position ?? -1n))
    .map(({ position }) => `I3: position ${position} does not come after the one before`);
}

function brokenStreams(events: readonly RecordedEvent[]): string[] {
  const heads = new Map<string, RecordedEvent>();
  const ids = new Set<string>();
  const broken: string[] = [];
  for (const event of events) {
    const { stream, revision, id } = event;
    const head = heads.get(stream);
    const wanted = (head?.revision ?? -1) + 1;
    if (revision !== wanted) broken.push(`I2: ${stream} has ${revision} where ${wanted} is due`);
    if (!continuesChain(head?.metadata.chain ?? chainStart(stream), event)) {
      broken.push(`I2: the chain of ${stream} breaks at ${revision}`);
    }
    if (ids.has(id)) broken.push(`I2: ${id} stands twice`);
    ids.add(id);
    heads.set(stream, event);
  }
  return broken;
}

function lost(events: readonly RecordedEvent[], acknowledged: readonly Acknowledged[]): string[] {
  const places = new Set(events.map(({ stream, revision, id }) => place(stream, revision, id)));
  return acknowledged.flatMap(({ stream, expected, events: told }) =>
    told
      .map(({ id }, index) => place(stream, (expected === 'none' ? -1 : expected) + 1 + index, id))
      .filter((wanted) => !places.has(wanted))
      .map((wanted) => `I1: acknowledged but not stored: ${wanted}`),
  );
}

const place = (stream: string, revision: number, id: string) => `${stream} ${revision} ${id}`;
