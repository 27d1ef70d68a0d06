import type { Limited } from '../commands/outcome.ts';
import type { NoAuditor } from '../commands/auditing.ts';
import type { NobodyThere, RecordedLook } from '../commands/look-at-account.ts';
import type { RecordedView } from '../commands/view-newest-events.ts';

/**
 * What the edge wrote down of an auditor's request before the page was asked; the page shows nothing without it. A
 * fault is kept for the page to answer with: nothing, or nothing certain, was written.
 */
export type WrittenLook =
  | { readonly of: 'account'; readonly answer: RecordedLook | NobodyThere | NoAuditor | Limited }
  | { readonly of: 'newest'; readonly answer: RecordedView | NoAuditor }
  | { readonly of: 'nothing'; readonly fault: unknown };
