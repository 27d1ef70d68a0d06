import {
  faultCode,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '../eventstore/event-store.ts';
import { isLogDamaged } from '../eventstore/log-damaged.ts';
import { wholeLog } from '../eventstore/whole-log.ts';
import { appendPatiently } from './append-patiently.ts';
import { compareLogs, type ComparedLogs } from './compare-logs.ts';
import { copyBatches } from './copy-batches.ts';
import { CopyFault } from './copy-fault.ts';
import { refuseOtherInstallation } from './copy-installation.ts';
import { isSameEvent } from './same-event.ts';
import { StreamHeads } from './stream-heads.ts';
import type { CopyOptions, CopySettings, TwoLogs } from './two-logs.ts';

export interface CopiedLog extends ComparedLogs {
  /** Of the events: those that an earlier, interrupted copy had left in the target. */
  readonly already: number;
}

const tellEvery = 100;
/** A batch of a copy that died may reach the target late: what stands there is looked at again so often. */
const tries = 3;

/**
 * Copies a whole log event by event: order, ids, data, metadata and with them every hash chain. What an interrupted
 * copy left is compared and kept, so that it goes on from there. At the end both logs are compared as `compareLogs`
 * says. Throws CopyFault, Unavailable, LogDamaged for a source that is broken.
 */
export async function copyLog(logs: TwoLogs, given: CopyOptions = {}): Promise<CopiedLog> {
  const options = { patienceMs: 60_000, ...given };
  await refuseOtherInstallation(logs);
  const goal = await logs.source.head();
  const already = await copyInTurn(logs, goal, options);
  const compared = await compareLogs(logs, options).catch(async (error: unknown) => {
    throw (await hasMoved(logs.source, goal)) ? sourceMoved() : error;
  });
  if (await hasMoved(logs.source, goal)) throw sourceMoved();
  return { ...compared, already };
}

async function copyInTurn(logs: TwoLogs, goal: Position, options: CopySettings): Promise<number> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await copyOn(logs, goal, options);
    } catch (error) {
      if (faultCode(error) !== 'conflict') throw error;
      if (turn === tries) throw refused('somebody else writes to the target', error);
    }
  }
}

/** Answers how many events stood in the target already. */
async function copyOn(logs: TwoLogs, goal: Position, options: CopySettings): Promise<number> {
  const { source, target } = logs;
  const events = checked(source, goal, options);
  try {
    const already = await passWhatIsThere(events, ours(wholeLog(target, options.patienceMs)));
    for await (const writes of copyBatches(events, target.atomic)) {
      await appendPatiently(target, writes, options.patienceMs);
    }
    return already;
  } finally {
    await events.return(undefined); // a reading that nobody ends goes on listening
  }
}

/** The source from its first event to the goal, each event checked on the way. */
async function* checked(
  source: EventStore,
  goal: Position,
  { onProgress, patienceMs }: CopySettings,
): AsyncGenerator<RecordedEvent, undefined> {
  const heads = new StreamHeads();
  let count = 0;
  const tell = (position: Position) =>
    onProgress?.({ phase: 'copying', done: Number(position), total: Number(goal), count });
  for await (const event of wholeLog(source, patienceMs)) {
    if (event.position > goal) throw sourceMoved();
    heads.follow(event);
    yield event;
    count += 1;
    if (count % tellEvery === 0) tell(event.position);
  }
  tell(goal);
  return undefined;
}

async function passWhatIsThere(
  events: AsyncIterator<RecordedEvent, undefined>,
  target: AsyncIterable<RecordedEvent>,
): Promise<number> {
  let already = 0;
  for await (const there of target) {
    const { value, done } = await events.next();
    if (done) throw refused('the target holds more than the source: it is not its beginning');
    if (!isSameEvent(value, there)) throw refused(notTheBeginning(already));
    already += 1;
  }
  return already;
}

const notTheBeginning = (already: number): string =>
  already === 0
    ? 'the target is not empty'
    : `the target differs from the source after ${already} events: it is not its beginning`;

/** What the target holds must at least be readable as ours. */
async function* ours(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
  try {
    yield* events;
  } catch (error) {
    if (!isLogDamaged(error)) throw error;
    throw refused(`the target holds what is not ours: ${error.message}`, error);
  }
}

const hasMoved = async (source: EventStore, goal: Position): Promise<boolean> =>
  (await source.head()) !== goal;

const refused = (message: string, cause?: unknown): CopyFault =>
  new CopyFault('copy-refused', message, { cause });

const sourceMoved = (): CopyFault =>
  new CopyFault(
    'source-moved',
    'the source grew while it was copied: end every process that writes to it, then copy again; it goes on from here',
  );
