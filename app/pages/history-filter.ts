/** What a history is narrowed to, as it was typed; empty for no bound. */
export interface HistoryFilter {
  /** A group below, or exactly one type of event or kind of activity. */
  readonly kind: string;
  /** Days in UTC, both included, as `2026-03-14`. */
  readonly from: string;
  readonly to: string;
  /** Stands in the entry as it is shown, upper and lower case alike. */
  readonly text: string;
}

export const noFilter: HistoryFilter = { kind: '', from: '', to: '', text: '' };

/** The choices of the list, in its order. */
export const kindGroups = {
  facts: 'changes',
  profile: 'changes of the profile',
  'ways-in': 'changes of the ways in',
  account: 'changes of the account itself',
  beside: 'what changed nothing',
  'sign-ins': 'sign-ins and sign-outs',
  refused: 'what was refused or failed',
  looks: 'looks by auditors',
} as const;
export type KindGroup = keyof typeof kindGroups;

export const filterText = {
  legend: 'Narrow the history',
  showing: 'Showing',
  change: 'Change',
  kind: 'Show',
  everything: 'everything',
  from: 'from',
  to: 'to',
  text: 'with the words',
  submit: 'Show',
  reset: 'Show everything',
  noneTitle: 'Nothing matches',
  none: 'Nothing in your history is like that. Take a word or a day away.',
  errorTitle: 'This cannot be looked for',
  place: 'The address names a place that no page leads to. Begin at the newest entry.',
  errors: {
    kind: 'There is no such kind of entry. Choose one from the list.',
    date: 'Type a day as year, month and day, like 2026-03-14.',
    order: 'The last day stands before the first. Change one of them.',
    text: 'Look for at most 100 characters.',
  },
} as const;

/** Whether a history is narrowed at all. */
export const isNarrowed = (filter: HistoryFilter): boolean =>
  [filter.kind, filter.from, filter.to, filter.text.trim()].some((value) => value !== '');

const isGroup = (kind: string): kind is KindGroup => Object.hasOwn(kindGroups, kind);

/** What is shown, as one sentence: "Showing changes from 2026-03-01 with the words “ada”". */
export function filterSentence({ kind, from, to, text }: HistoryFilter): string {
  const shown = isGroup(kind) ? kindGroups[kind] : kind || filterText.everything;
  const parts = [
    `${filterText.showing} ${shown}`,
    ...(from ? [`${filterText.from} ${from}`] : []),
    ...(to ? [`${filterText.to} ${to}`] : []),
    ...(text.trim() ? [`${filterText.text} “\u2068${text.trim()}\u2069”`] : []),
  ];
  return parts.join(' ');
}

/** The address of the history narrowed like this. */
export function historyAddress(filter: Partial<HistoryFilter>, before?: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, before })) {
    if (value) search.set(name, value);
  }
  const query = search.toString();
  return query === '' ? '/settings/history' : `/settings/history?${query}`;
}
