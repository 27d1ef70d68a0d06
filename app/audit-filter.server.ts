import { z } from 'zod';
import { accountEventParts } from '../domain/account/events.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import {
  auditActorChoices,
  auditFilterText,
  auditKinds,
  type AuditFilter,
  type AuditFilterErrors,
  type AuditKind,
} from './pages/audit-filter.ts';

/** What each choice shows. */
const groups: Readonly<Record<AuditKind, readonly string[]>> = {
  account: ['UserRegistered', 'DeletionRequested', 'DeletionCancelled', 'AccountDeleted'],
  profile: ['ProfileChanged', 'EmailChanged', 'UsernameChanged'],
  'ways-in': [
    ...['UserRegistered', 'ProviderLinked', 'ProviderUnlinked', 'MethodSuspended'],
    ...['MethodRestored', 'PasswordSet', 'PasswordRemoved', 'GrantRevoked'],
  ],
  roles: ['RoleGranted', 'RoleRevoked'],
};
const kinds = new Set([...Object.keys(auditKinds), ...Object.keys(accountEventParts)]);
const actors = new Set(Object.keys(auditActorChoices));

const { errors: say } = auditFilterText;
const empty = z.literal('');
const fields = {
  kind: z.string().refine((kind) => kind === '' || kinds.has(kind), say.kind),
  actor: z.string().refine((actor) => actor === '' || actors.has(actor), say.actor),
  from: empty.or(z.iso.date(say.date)),
  to: empty.or(z.iso.date(say.date)),
};
/** A revision or a position: where a page begins. */
const place = z.string().regex(/^\d{1,18}$/);

/** What an address asks the events for. */
export interface AskedAudit {
  readonly filter: AuditFilter;
  /** Why a field does not count; nothing is shown then. */
  readonly errors: AuditFilterErrors;
  /** Only what stands before this place. */
  readonly before: bigint | undefined;
}

/** Reads `kind`, `actor`, `from`, `to` and `before`. A field that comes twice is not ours: undefined. */
export function askedAudit(search: URLSearchParams): AskedAudit | undefined {
  const names = [...search.keys()];
  if (new Set(names).size !== names.length) return undefined;
  const filter: Record<keyof AuditFilter, string> = { kind: '', actor: '', from: '', to: '' };
  const errors: AuditFilterErrors = {};
  for (const name of ['kind', 'actor', 'from', 'to'] as const) {
    const typed = search.get(name) ?? '';
    const parsed = fields[name].safeParse(typed);
    if (parsed.success) filter[name] = typed;
    else errors[name] = name === 'from' || name === 'to' ? say.date : say[name];
  }
  if (filter.from && filter.to && filter.from > filter.to) errors.to = say.order;
  const before = place.safeParse(search.get('before') ?? undefined);
  if (search.has('before') && !before.success) return undefined;
  return { filter, errors, before: before.success ? BigInt(before.data) : undefined };
}

/** Whether an event passes. Times are told by the writer's clock; they narrow, and order nothing (F22). */
export function passesAudit({ type, metadata }: RecordedEvent, filter: AuditFilter): boolean {
  const { kind, actor, from, to } = filter;
  const day = metadata.at.slice(0, 10);
  if ((from && day < from) || (to && day > to)) return false;
  if (actor && metadata.actor !== actor) return false;
  return kind === '' || (isGroup(kind) ? groups[kind].includes(type) : kind === type);
}

const isGroup = (kind: string): kind is AuditKind => Object.hasOwn(groups, kind);
