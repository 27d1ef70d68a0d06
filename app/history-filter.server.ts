import { z } from 'zod';
import { accountEventParts } from '../domain/account/events.ts';
import { activityKinds } from '../vault/vault-activity.ts';
import { kindOf, sourceNames, timeOf, type Found, type Places } from './history-sources.server.ts';
import {
  filterText,
  noFilter,
  type HistoryFilter,
  type KindGroup,
} from './pages/history-filter.ts';

const profile = ['ProfileChanged', 'EmailChanged', 'UsernameChanged'];
const ways = ['ProviderLinked', 'ProviderUnlinked', 'MethodSuspended', 'MethodRestored'];
const others = ['IdentityRefreshed', 'GrantRevoked'];
const facts = Object.keys(accountEventParts);

/** What each choice of the filter shows. */
const groups: Readonly<Record<KindGroup, readonly string[]>> = {
  facts,
  beside: [...activityKinds, 'AccountViewed'],
  profile: ['UserRegistered', ...profile],
  'ways-in': ['UserRegistered', ...ways, 'PasswordSet', 'PasswordRemoved', ...others],
  account: [
    ...['UserRegistered', 'DeletionRequested', 'DeletionCancelled', 'AccountDeleted'],
    ...['RoleGranted', 'RoleRevoked', 'AttemptFenced'],
  ],
  'sign-ins': ['signed-in', 'signed-out', 'session-ended', 'sign-in-refused'],
  refused: ['sign-in-refused', 'reauthentication-refused', 'round-trip-failed'],
  looks: ['AccountViewed'],
};
const kinds = new Set([...Object.keys(groups), ...facts, ...activityKinds, 'AccountViewed']);

const LONGEST_TEXT = 100;
const { errors: say } = filterText;
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typed === '' || typed === null ? undefined : typed), schema.optional());
const place = /^\d{1,15}$/;
const before = z
  .string()
  .transform((text) => text.split('.'))
  .refine((parts) => parts.length === sourceNames.length && parts.every((p) => place.test(p)));

const asked = {
  kind: optional(z.string().refine((kind) => kinds.has(kind), say.kind)),
  from: optional(z.iso.date(say.date)),
  to: optional(z.iso.date(say.date)),
  text: optional(z.string().trim().max(LONGEST_TEXT, say.text)),
};

/** What the address asks a history for. */
export interface AskedHistory {
  readonly filter: HistoryFilter;
  /** Why a field does not count; nothing is shown then. */
  readonly errors: Partial<Record<keyof HistoryFilter, string>>;
  /** False for a place that no page of a history leads to. */
  readonly placeCounts: boolean;
  readonly places: Places;
}

const newest: Places = { facts: Infinity, attempts: Infinity, looks: Infinity };

/** The newest few of everything. */
export const newestOf = (max: number) => ({ filter: noFilter, places: newest, max });

/** Reads `kind`, `from`, `to`, `text` and `before`; what was typed stays as it was typed. */
export function askedHistory(search: URLSearchParams): AskedHistory {
  const filter: Record<keyof HistoryFilter, string> = { kind: '', from: '', to: '', text: '' };
  const errors: Partial<Record<keyof HistoryFilter, string>> = {};
  for (const name of ['kind', 'from', 'to', 'text'] as const) {
    const typed = search.get(name);
    filter[name] = typed ?? '';
    const parsed = asked[name].safeParse(typed);
    if (!parsed.success) errors[name] = parsed.error.issues[0]?.message ?? '';
  }
  const { from, to } = filter;
  if (!errors.from && !errors.to && from && to && from > to) errors.to = say.order;
  const at = search.get('before');
  const parts = at === null ? undefined : before.safeParse(at);
  return { filter, errors, placeCounts: parts?.success !== false, places: placesOf(parts?.data) };
}

function placesOf(parts: readonly string[] | undefined): Places {
  const [facts, attempts, looks] = (parts ?? []).map(Number);
  if (facts === undefined || attempts === undefined || looks === undefined) return newest;
  return { facts, attempts, looks };
}

/** The `before` of an address that goes on behind these places. */
export const beforeText = (places: Places): string =>
  sourceNames.map((name) => places[name]).join('.');

/** Whether something passes all but the text, which only its sentence can tell. */
export function passes(found: Found, { kind, from, to }: HistoryFilter): boolean {
  const day = timeOf(found).slice(0, 10);
  if ((from && day < from) || (to && day > to)) return false;
  return kindsOf(kind)?.includes(kindOf(found)) ?? true;
}

/** Whether a list can hold anything that passes: what cannot is not read. */
export const mayPass = (source: Found['source'], { kind }: HistoryFilter): boolean => {
  const wanted = kindsOf(kind);
  const held = { facts, attempts: activityKinds, looks: ['AccountViewed'] } as const;
  const names: readonly string[] = held[source];
  return !wanted || wanted.some((one) => names.includes(one));
};

const isGroup = (kind: string): kind is KindGroup => Object.hasOwn(groups, kind);

const kindsOf = (kind: string): readonly string[] | undefined => {
  if (kind === '') return undefined;
  return isGroup(kind) ? groups[kind] : [kind];
};
