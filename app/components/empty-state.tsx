import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';

export interface EmptyStateProps {
  readonly title: string;
  /** What would stand here, and how it comes to be. */
  readonly children: ReactNode;
}

/** Where a list has nothing to show. */
export const EmptyState = ({ title, children }: EmptyStateProps) => (
  <div className="rounded-corner border border-dashed border-edge px-2 py-5 text-center">
    <Mark className="mx-auto size-4 text-ink-soft" />
    <p className="mt-2 font-semibold">{title}</p>
    <div className="mx-auto mt-0.5 max-w-text text-ink-soft">{children}</div>
  </div>
);
