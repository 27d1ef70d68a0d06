import { auditStream } from '../domain/streams.ts';
import { revisionOf, type AccountReader, type LoadedAccount } from '../commands/load-account.ts';
import { faultCode, type EventStore, type RecordedEvent } from '../eventstore/event-store.ts';
import type { Activity, ActivityLog } from '../vault/vault-activity.ts';

/** The lists a history is put together from; each has an order of its own, which no clock can shuffle (F22). */
export const sourceNames = ['facts', 'attempts', 'looks'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Where to go on in each list: everything shown so far stands at this place or after it. */
export type Places = Readonly<Record<SourceName, number>>;

/** Something of a history that nobody opened yet. */
export type Found =
  | { readonly source: 'facts' | 'looks'; readonly recorded: RecordedEvent }
  | { readonly source: 'attempts'; readonly activity: Activity };

export const placeOf = (found: Found): number =>
  found.source === 'attempts' ? found.activity.place : found.recorded.revision;

export const timeOf = (found: Found): string =>
  found.source === 'attempts' ? found.activity.at.toISOString() : found.recorded.metadata.at;

/** Which kind of thing it is: an event's type, or an activity's kind. */
export const kindOf = (found: Found): string =>
  found.source === 'attempts' ? found.activity.kind : found.recorded.type;

/** A page of a history and one more; whoever searches reads on in larger steps. */
const FIRST = 51;
const MORE = 250;

/** The account's facts before a revision, newest first, seals closed. Reads no more than is taken, and a little. */
export async function* newestFacts(
  accounts: AccountReader,
  loaded: LoadedAccount,
  before: number,
): AsyncGenerator<Found> {
  let through = Math.min(before - 1, revisionOf(loaded));
  for (let size = FIRST; through >= 0; size = MORE) {
    const from = Math.max(0, through - size + 1);
    const facts: Found[] = [];
    for await (const recorded of accounts.events(loaded.accountId, { from, through })) {
      facts.push({ source: 'facts', recorded });
    }
    yield* facts.toReversed();
    through = from - 1;
  }
}

/** Sign-ins, refused and failed attempts before a place, newest first. */
export async function* newestAttempts(
  log: ActivityLog,
  accountId: string,
  before: number,
): AsyncGenerator<Found> {
  let last = before;
  for (let size = FIRST; ; size = MORE) {
    const page = await log.list(accountId, size, last);
    for (const activity of page) yield { source: 'attempts', activity };
    if (page.length < size) return;
    last = page.at(-1)?.place ?? 0;
  }
}

/**
 * Auditors' looks at the account before a revision of their own stream, newest first (H12). No machine keeps a copy of
 * them: while the log is away there are none, and `missed` is told.
 */
export async function* newestLooks(
  store: Pick<EventStore, 'read'>,
  { accountId, before }: { readonly accountId: string; readonly before: number },
  missed: () => void,
): AsyncGenerator<Found> {
  if (before <= 0) return;
  const from = Number.isSafeInteger(before) ? { from: before - 1 } : {};
  try {
    for await (const recorded of store.read(auditStream(accountId), { backwards: true, ...from })) {
      if (recorded.type === 'AccountViewed') yield { source: 'looks', recorded };
    }
  } catch (error) {
    if (faultCode(error) !== 'unavailable') throw error;
    missed();
  }
}
