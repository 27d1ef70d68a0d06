import { ChainCheck } from './chain-check.ts';
import type { EventStore, Position, RecordedEvent } from './event-store.ts';
import { isLogDamaged, type DamagedEvent } from './log-damaged.ts';
import { StreamHeads } from './stream-heads.ts';

/** 'chain': not what was written · 'gap': events before it are missing · 'unreadable': no event at all. */
export type Breakage = 'chain' | 'gap' | 'unreadable';

/** The first event of its stream that cannot be trusted; those after it are not judged. */
export interface BrokenEvent extends DamagedEvent {
  readonly breakage: Breakage;
}

export interface LogVerification {
  readonly events: number;
  /** Those whose first event stands. */
  readonly streams: number;
  /** Empty: every stream is consistent, which without a signed head does not say untouched. */
  readonly broken: readonly BrokenEvent[];
}

export interface VerifyProgress {
  readonly events: number;
  /** Of the last event read; undefined before the first. */
  readonly position: Position | undefined;
  /** Where the log ended when the check began. */
  readonly head: Position;
}

export interface VerifyOptions {
  /** Told every 1,000 events and at the end. */
  readonly onProgress?: (progress: VerifyProgress) => void;
  /** Given every event that could be read, in log order, once. */
  readonly onEvent?: ((event: RecordedEvent) => void) | undefined;
  readonly signal?: AbortSignal;
  /** So many streams' ends are kept in memory, those that grew last; default 50,000. Others are read again. */
  readonly mostHeads?: number;
}

const progressEvery = 1_000;

/**
 * Reads the whole log and recomputes every chain. Works on every store; memory grows with no log.
 * Throws LogDamaged where the store cannot be read at all, and the signal's reason on abort.
 */
export async function verifyLog(
  store: EventStore,
  {
    onProgress,
    onEvent,
    mostHeads = 50_000,
    signal = new AbortController().signal,
  }: VerifyOptions = {},
): Promise<LogVerification> {
  const head = await store.head();
  const check = new ChainCheck(new StreamHeads(store, mostHeads), onEvent);
  const tell = () => onProgress?.({ events: check.events, position: check.position, head });
  while (!(await readOn(store, check, { signal, tell }))) signal.throwIfAborted();
  signal.throwIfAborted();
  tell();
  return check.result();
}

interface Reading {
  readonly signal: AbortSignal;
  readonly tell: () => void;
}

/** Reads until caught up; false if it stopped behind an event that cannot be read. */
async function readOn(store: EventStore, check: ChainCheck, { signal, tell }: Reading) {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    const from = check.position;
    for await (const item of store.subscribe({ from, prefixes: [], signal: either })) {
      if ('caughtUp' in item) break;
      await check.add(item);
      if (check.events % progressEvery === 0) tell();
    }
    return true;
  } catch (error) {
    if (!isLogDamaged(error) || !error.event) throw error;
    check.unreadable(error.event);
    return false;
  } finally {
    ended.abort();
  }
}
