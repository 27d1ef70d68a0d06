import type { ReactNode } from 'react';

export interface TermsProps {
  readonly terms: readonly (readonly [term: string, value: ReactNode])[];
}

/** A few facts, each under or beside its name. */
export const Terms = ({ terms }: TermsProps) => (
  <dl className="grid gap-x-3 gap-y-0.5 mid:grid-cols-[max-content_minmax(0,1fr)]">
    {terms.map(([term, value]) => (
      <div key={term} className="contents">
        <dt className="text-ink-soft max-mid:mt-1">{term}</dt>
        <dd className="min-w-0">{value}</dd>
      </div>
    ))}
  </dl>
);
