import type { ReactNode } from 'react';

export interface LedgerLine {
  readonly what: string;
  readonly told: ReactNode;
}

export interface LedgerProps {
  readonly title: string;
  /** When it happens, at the right of the title. */
  readonly when?: string | undefined;
  readonly lines: readonly LedgerLine[];
}

/** A page of a register: what is meant on the left, what becomes of it on the right; one under the other on a phone. */
export const Ledger = ({ title, when, lines }: LedgerProps) => (
  <section className="rounded-corner border border-line bg-surface">
    <div className="flex flex-wrap items-baseline justify-between gap-x-2 border-b border-line p-2 mid:px-4">
      <h2 className="text-lead font-semibold">{title}</h2>
      {when && <p className="text-small text-ink-soft">{when}</p>}
    </div>
    <dl className="divide-y divide-line">
      {lines.map(({ what, told }) => (
        <div key={what} className="grid gap-x-2 p-2 mid:grid-cols-[12rem_minmax(0,1fr)] mid:px-4">
          <dt className="font-medium">{what}</dt>
          <dd className="max-w-text text-ink-soft [overflow-wrap:anywhere]">{told}</dd>
        </div>
      ))}
    </dl>
  </section>
);
