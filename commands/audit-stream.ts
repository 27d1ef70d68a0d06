import { auditEvent, type AuditEvent } from '../domain/audit.ts';
import { auditStream } from '../domain/streams.ts';
import { PoisonEvent } from '../eventstore/codec.ts';
import { faultCode, type EventStore, type RecordedEvent } from '../eventstore/event-store.ts';
import { answerInTime } from './answer-in-time.ts';
import type { Deps } from './deps.ts';
import { TryAgain } from './faults.ts';
import { settleAppend } from './settle-append.ts';
import { emptyHead, headAfter, writeAt, type Cause, type StreamHead } from './write-stream.ts';

/** What was written about looks at an account, and about its own searches. */
export interface AuditEntry {
  readonly event: AuditEvent;
  readonly at: string;
  readonly recorded: RecordedEvent;
}

const auditVersion = 1;
const CONFLICTS = 5;

/** Every look at the account and every search of its own, oldest first. Throws Unavailable, PoisonEvent. */
export async function auditEntries(
  store: Pick<EventStore, 'read'>,
  accountId: string,
): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const recorded of store.read(auditStream(accountId)))
    entries.push(auditEntry(recorded));
  return entries;
}

/** The newest of them. */
export async function newestAuditEntry(
  store: Pick<EventStore, 'read'>,
  accountId: string,
): Promise<AuditEntry | undefined> {
  const newest = await lastEvent(store, auditStream(accountId));
  return newest && auditEntry(newest);
}

/**
 * Writes one event into the audit stream of an account. Whoever shows something waits for this first: it throws
 * Unavailable or TryAgain where nothing, or nothing certain, was written.
 */
export function appendAudit(
  deps: Deps,
  accountId: string,
  { event, cause }: { readonly event: AuditEvent; readonly cause: Cause },
): Promise<void> {
  const stream = auditStream(accountId);
  return answerInTime(
    deps,
    deps.queues.run(stream, () => appendAtHead(deps, stream, { event, cause })),
  );
}

async function appendAtHead(
  deps: Deps,
  stream: string,
  { event, cause }: { readonly event: AuditEvent; readonly cause: Cause },
): Promise<void> {
  const attemptId = deps.newId();
  const { type, ...data } = event;
  for (let tries = 1; tries <= CONFLICTS; tries += 1) {
    const head = await headOf(deps.store, stream);
    const drafts = [{ type, v: auditVersion, data: () => data }];
    try {
      return await settleAppend(deps, [writeAt(head, attemptId, { drafts, cause })]);
    } catch (error) {
      if (faultCode(error) !== 'conflict') throw error;
      await deps.sleep(Math.random() * 20 * tries);
    }
  }
  throw new TryAgain('this account is looked at too fast');
}

async function headOf(store: EventStore, stream: string): Promise<StreamHead> {
  const last = await lastEvent(store, stream);
  return last ? headAfter(last) : emptyHead(stream);
}

async function lastEvent(
  store: Pick<EventStore, 'read'>,
  stream: string,
): Promise<RecordedEvent | undefined> {
  for await (const event of store.read(stream, { backwards: true, max: 1 })) return event;
  return undefined;
}

/** A recorded event as an entry. Throws PoisonEvent. */
export function auditEntry(recorded: RecordedEvent): AuditEntry {
  const parsed = auditEvent.safeParse({ ...recorded.data, type: recorded.type });
  if (!parsed.success || recorded.metadata.v !== auditVersion) throw new PoisonEvent(recorded);
  return { event: parsed.data, at: recorded.metadata.at, recorded };
}
