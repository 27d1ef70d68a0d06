import { Pager } from '../components/pager.tsx';
import { momentText as text } from './moment-text.ts';

export interface EntryStepsProps {
  readonly revision: number;
  readonly last: number;
  /** `at` or `raw`: which of the two views of an entry. */
  readonly view: 'at' | 'raw';
}

/** The address of one view of one entry. */
export const entryAddress = (view: 'at' | 'raw', revision: number): string =>
  `/settings/history?${view}=${revision}`;

/** The way to the entries before and after this one. */
export const EntrySteps = ({ revision, last, view }: EntryStepsProps) => (
  <Pager
    newer={revision > 0 ? entryAddress(view, revision - 1) : undefined}
    older={revision < last ? entryAddress(view, revision + 1) : undefined}
    label={text.steps}
    newerText={text.earlier}
    olderText={text.later}
  />
);
