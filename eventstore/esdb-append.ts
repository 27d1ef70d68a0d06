import { jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { within, type EsdbConnection } from './esdb-connection.ts';
import { actualRevision, appendFault } from './esdb-faults.ts';
import { readStream } from './esdb-read.ts';
import { isSystemStream } from './esdb-record.ts';
import {
  Conflict,
  faultCode,
  OutcomeUnknown,
  type Appended,
  type ExpectedRevision,
  type Position,
  type RecordedEvent,
  type StreamWrite,
} from './event-store.ts';

/** The server's default limit for the data of one append, in bytes. */
const mostBytes = 1024 * 1024;
/** How long the answer to the server's own deadline may take to arrive, in milliseconds. */
const graceMs = 250;

/**
 * Appends to one stream by the classic call. Throws Conflict, OutcomeUnknown, Unavailable; TypeError for what
 * can never be written.
 */
export async function appendToStream(
  connection: EsdbConnection,
  writes: readonly StreamWrite[],
): Promise<Appended> {
  const write = onlyWrite(writes);
  const sent = await send(connection, write);
  if ('actual' in sent) return settleConflict(connection, write, sent.actual);
  const position = sent.position ?? (await ownEvents(connection, write)).at(-1)?.position;
  if (position === undefined) throw noAnswer();
  return { position };
}

/** Written, at a position if the server told one (it tells none for a resend that it has not indexed); or a conflict. */
type Sent = { readonly position: Position | undefined } | { readonly actual: ExpectedRevision };

async function send(connection: EsdbConnection, write: StreamWrite): Promise<Sent> {
  const { stream, expected } = write;
  const events = write.events.map(({ id, type, data, metadata }) =>
    jsonEvent({ id, type, data, metadata: { ...metadata } }),
  );
  const deadline = connection.deadlineMs;
  const options = {
    ...connection.asked,
    expectedRevision: expected === 'none' ? NO_STREAM : BigInt(expected),
    deadline,
  } as const;
  try {
    const { position } = await connection.call((client) =>
      within(deadline + graceMs, client.appendToStream(stream, events, options), noAnswer),
    );
    return { position: position?.commit };
  } catch (error) {
    const actual = actualRevision(error);
    if (actual !== undefined) return { actual };
    throw appendFault(error);
  }
}

const noAnswer = () => new OutcomeUnknown('the log did not answer in time');

/** Nothing was written now. But if these very events stand there, an earlier sending of them was. */
async function settleConflict(
  connection: EsdbConnection,
  write: StreamWrite,
  actual: ExpectedRevision,
): Promise<Appended> {
  const reaches = actual !== 'none' && actual >= firstRevision(write) + write.events.length - 1;
  const there = reaches ? await ownEvents(connection, write) : [];
  const last = there.at(-1);
  const ours = there.every(({ id }, index) => id === write.events[index]?.id);
  if (last && ours && there.length === write.events.length) return { position: last.position };
  throw new Conflict(write, actual);
}

const firstRevision = ({ expected }: StreamWrite) => (expected === 'none' ? 0 : expected + 1);

/** What stands where the write wants its events. */
async function ownEvents(connection: EsdbConnection, write: StreamWrite): Promise<RecordedEvent[]> {
  const place = { from: firstRevision(write), max: write.events.length };
  const there: RecordedEvent[] = [];
  try {
    for await (const event of readStream(connection, write.stream, place)) there.push(event);
    return there;
  } catch (cause) {
    if (faultCode(cause) !== 'unavailable') throw cause;
    throw new OutcomeUnknown('an earlier sending of this append may have been written', { cause });
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Refuses, before anything is sent, what the server would misunderstand or refuse for ever. */
function onlyWrite(writes: readonly StreamWrite[]): StreamWrite {
  const [write, ...others] = writes;
  if (!write || others.length > 0) throw new TypeError('an append writes exactly one stream here');
  const { stream, events } = write;
  if (events.length === 0) throw new TypeError('an append writes at least one event');
  if (isSystemStream(stream)) throw new TypeError('a stream whose name begins with $ is not ours');
  if (!events.every(({ id }) => uuid.test(id))) throw new TypeError('an event id is a UUID');
  const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
  if (bytes > mostBytes) throw new TypeError('an append holds at most 1 MiB');
  return write;
}

const sizeOf = ({ type, data, metadata }: StreamWrite['events'][number]) =>
  Buffer.byteLength(JSON.stringify(data)) +
  Buffer.byteLength(JSON.stringify(metadata)) +
  2 * type.length;
