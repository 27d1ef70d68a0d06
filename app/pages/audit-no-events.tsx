import { EmptyState } from '../components/empty-state.tsx';
import { auditText as text } from './audit-text.ts';
import { TextLink } from './narrow-page.tsx';

/** Where a filter lets nothing through; `reset` leads to the page without it. */
export const NoEvents = ({ reset }: { readonly reset: string }) => (
  <EmptyState title={text.noneTitle}>
    <p>{text.none}</p>
    <p className="mt-1">
      <TextLink href={reset}>{text.reset}</TextLink>
    </p>
  </EmptyState>
);
