import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import { within, type EsdbConnection } from './esdb-connection.ts';
import { readFault, told } from './esdb-faults.ts';
import { recordedEvent, type ServerRecord } from './esdb-record.ts';
import { Unavailable, type ReadOptions, type RecordedEvent } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';

/** As many events as are fetched in one call. */
const pageSize = 256;

/** What the client's readings have in common, of one stream and of `$all`. */
interface Reading extends AsyncIterable<{ readonly event?: ServerRecord | undefined }> {
  on(name: 'error', listener: () => void): unknown;
  cancel(): Promise<void>;
}

export interface Page {
  readonly records: readonly ServerRecord[];
  /** The call ended by itself: the server had no more than this. */
  readonly whole: boolean;
}

/**
 * What a reading brings within the deadline; the client's own deadline does not hold for readings. One that breaks after its first
 * event is a short page: the reader goes on behind it. Throws what the client throws, or Unavailable.
 */
export function readPage(connection: EsdbConnection, open: () => Reading): Promise<Page> {
  return connection.call(async () => {
    const reading = open();
    // Errors reach us through the loop; one that comes after it would end the process without a listener.
    reading.on('error', () => undefined);
    const records: ServerRecord[] = [];
    const fill = async () => {
      for await (const { event } of reading) if (event) records.push(event);
    };
    const late = () => new Unavailable('the log did not answer in time');
    try {
      await within(connection.deadlineMs, fill(), late);
      // The client ends what it cancels as if the server had no more: an empty log, a stream cut short.
      if (connection.closed) throw new Unavailable('the store is closed');
      return { records, whole: true };
    } catch (error) {
      abandon(reading);
      if (records.length === 0) throw error;
      return { records: [...records], whole: false };
    }
  });
}

/**
 * Ends a call whose answer came too late. The loop above goes on taking what still comes: a reading that nobody
 * takes from never ends, and the client would wait for it when it closes.
 */
function abandon(reading: Reading): void {
  // Fails where the call never began: then there is nothing to end.
  reading.cancel().catch(() => undefined);
}

/** One stream in pages. Throws Unavailable, and LogDamaged where a revision is missing. */
export async function* readStream(
  connection: EsdbConnection,
  stream: string,
  { from, backwards = false, max = Number.POSITIVE_INFINITY }: ReadOptions,
): AsyncGenerator<RecordedEvent> {
  const step = backwards ? -1 : 1;
  let next = from;
  let last: RecordedEvent | undefined;
  for (let left = max; left > 0 && (next === undefined || next >= 0);) {
    const size = Math.min(left, pageSize);
    const { records, whole } = await streamPage(connection, stream, { next, backwards, size });
    for (const record of records) {
      const event = recordedEvent(record);
      // Where a backwards reading begins, the end of the stream decides.
      const due = backwards && !last ? event.revision : (next ?? 0);
      if (event.revision !== due) throw missing(due, event);
      yield event;
      last = event;
      next = event.revision + step;
    }
    left -= records.length;
    if (!whole || records.length === size) continue;
    if (backwards && last && last.revision > 0) throw missing(last.revision - 1, last);
    return;
  }
}

/** Somebody truncated the stream or gave it a limit: what is left is no history. */
const missing = (due: number, { stream, revision, position }: RecordedEvent) =>
  new LogDamaged(`revision ${due} of a stream is missing`, { stream, revision, position });

interface StreamPage {
  readonly next: number | undefined;
  readonly backwards: boolean;
  readonly size: number;
}

async function streamPage(
  connection: EsdbConnection,
  stream: string,
  { next, backwards, size }: StreamPage,
): Promise<Page> {
  const [direction, start] = backwards ? ([BACKWARDS, END] as const) : ([FORWARDS, START] as const);
  const fromRevision = next === undefined ? start : BigInt(next);
  const options = { ...connection.asked, maxCount: size, direction, fromRevision };
  try {
    return await readPage(connection, () => connection.client.readStream(stream, options));
  } catch (error) {
    if (told(error).type === 'stream-not-found') return { records: [], whole: true };
    throw readFault(error);
  }
}
