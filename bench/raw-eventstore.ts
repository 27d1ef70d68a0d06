import { randomUUID } from 'node:crypto';
import { FORWARDS, jsonEvent, NO_STREAM, START } from '@eventstore/db-client';
import { openClient } from '../eventstore/esdb-client.ts';
import type { Work } from './measure.ts';

/** The client as its makers give it away, on a connection of its own. */
export interface RawEventStore {
  /** One event, as large as a claim's, to a stream nobody wrote to; by the client's classic call. */
  readonly append: Work;
  /** A stream of one event, from its beginning. */
  readonly read: Work;
  readonly version: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openRawEventStore(url: string): Promise<RawEventStore> {
  const { client, credentials } = openClient(url);
  const asked = { credentials, requiresLeader: true } as const;
  const prefix = `bench-raw-${randomUUID()}-`;
  let streams = 0;
  const append = (): Promise<unknown> => {
    streams += 1;
    const options = { ...asked, expectedRevision: NO_STREAM, deadline: 2_000 } as const;
    return client.appendToStream(`${prefix}${streams}`, [event()], options);
  };
  const read = async () => {
    const options = { ...asked, direction: FORWARDS, fromRevision: START, maxCount: 256 } as const;
    for await (const { event: found } of client.readStream(`${prefix}1`, options)) {
      if (!found) throw new Error('a stream of one event has lost it');
    }
  };
  await append();
  return { append, read, version: () => client.serverVersion(), close: () => client.dispose() };
}

const event = () =>
  jsonEvent({
    id: randomUUID(),
    type: 'Claimed',
    data: { accountId: randomUUID(), attemptId: randomUUID() },
    metadata: {
      at: new Date().toISOString(),
      v: 1,
      actor: 'self',
      requestId: 'bench',
      chain: 'x'.repeat(43),
    },
  });
