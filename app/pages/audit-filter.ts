/** What events are narrowed to; every value is one of ours or a day, so it may stand in an address. */
export interface AuditFilter {
  /** A group below, or exactly one type of event. */
  readonly kind: string;
  readonly actor: string;
  /** Days in UTC, both included, as `2026-03-14`. */
  readonly from: string;
  readonly to: string;
}

export type AuditFilterErrors = Partial<Record<keyof AuditFilter, string>>;

export const noAuditFilter: AuditFilter = { kind: '', actor: '', from: '', to: '' };

/** The choices of the lists, in their order. */
export const auditKinds = {
  account: 'opening and closing',
  profile: 'changes of the profile',
  'ways-in': 'changes of the ways in',
  roles: 'roles',
} as const;
export type AuditKind = keyof typeof auditKinds;

export const auditActorChoices = {
  self: 'by their owner',
  operator: 'by whoever runs this place',
  system: 'by Latchkey itself',
  provider: 'by the other side',
} as const;

export const auditFilterText = {
  legend: 'Narrow the events',
  kind: 'Show',
  everything: 'every event',
  actor: 'done',
  anybody: 'by anybody',
  from: 'from',
  to: 'to',
  submit: 'Show',
  showing: 'Showing',
  change: 'Change',
  errors: {
    kind: 'There is no such kind of event. Choose one from the list.',
    actor: 'There is nobody like that. Choose one from the list.',
    date: 'Type a day as year, month and day, like 2026-03-14.',
    order: 'The last day stands before the first. Change one of them.',
  },
} as const;

/** An address narrowed like this. */
export function auditAddress(
  path: string,
  filter: Partial<AuditFilter>,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...more })) {
    if (value) search.set(name, value);
  }
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** What is shown, in words: "Showing roles, done by whoever runs this place, from 2026-03-01". */
export function auditFilterSentence({ kind, actor, from, to }: AuditFilter): string {
  const { showing, everything, actor: done } = auditFilterText;
  const parts = [
    `${showing} ${kind === '' ? everything : wordsOf(auditKinds, kind)}`,
    actor && `${done} ${wordsOf(auditActorChoices, actor)}`,
    from && `${auditFilterText.from} ${from}`,
    to && `${auditFilterText.to} ${to}`,
  ];
  return parts.filter(Boolean).join(', ');
}

const wordsOf = (choices: Readonly<Record<string, string>>, value: string): string =>
  choices[value] ?? value;

/** Whether anything at all is asked of the events. */
export const isNarrowed = (filter: AuditFilter): boolean =>
  Object.values(filter).some((value) => value !== '');
