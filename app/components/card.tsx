import type { ReactNode } from 'react';

export interface CardProps {
  readonly title?: string;
  /** One or two sentences under the title. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A sheet with a hairline round it, for one matter. */
export const Card = ({ title, lead, children }: CardProps) => (
  <section className="rounded-corner border border-line bg-surface p-2 mid:p-4">
    {title && <h2 className="text-lead font-semibold">{title}</h2>}
    {lead && <p className="mt-0.5 max-w-text text-ink-soft">{lead}</p>}
    <div className={title ? 'mt-3' : ''}>{children}</div>
  </section>
);
