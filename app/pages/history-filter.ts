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

/** The address of the history narrowed like this. */
export function historyAddress(filter: Partial<HistoryFilter>, before?: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, before })) {
    if (value) search.set(name, value);
  }
  const query = search.toString();
  return query === '' ? '/settings/history' : `/settings/history?${query}`;
}
