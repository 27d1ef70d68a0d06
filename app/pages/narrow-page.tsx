import type { ReactNode } from 'react';

export interface NarrowPageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** The way elsewhere, under the sheet. */
  readonly below?: ReactNode;
}

/** One matter, one sheet, in the middle: signing in, registering, proving that it is you. */
export const NarrowPage = ({ title, lead, children, below }: NarrowPageProps) => (
  <div className="mx-auto max-w-form mid:pt-3">
    <div className="rounded-corner border border-line bg-surface p-2 py-3 mid:p-4">
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      {lead && <div className="mt-1 text-ink-soft">{lead}</div>}
      <div className="mt-3">{children}</div>
    </div>
    {below && <div className="mt-2 text-center text-ink-soft">{below}</div>}
  </div>
);

export interface TextLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link in or under a text, tall enough for a thumb. */
export const TextLink = ({ href, children }: TextLinkProps) => (
  <a
    href={href}
    className="inline-flex min-h-6 items-center text-brass underline underline-offset-4 hover:text-brass-pressed"
  >
    {children}
  </a>
);
