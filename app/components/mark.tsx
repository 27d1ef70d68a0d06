export interface MarkProps {
  readonly className?: string;
}

/** The mark: a key whose bit is a row of log entries. The same drawing is public/mark.svg. Decoration: a name stands beside it. */
export const Mark = ({ className = 'size-3.5' }: MarkProps) => (
  <svg
    viewBox="0 0 32 32"
    className={className}
    fill="none"
    stroke="currentColor"
    strokeWidth="2.75"
    aria-hidden="true"
    focusable="false"
  >
    <circle cx="11.5" cy="8.5" r="6.25" />
    <path d="M11.5 14.75V31M11.5 19.5h11M11.5 24.5h7M11.5 29.5h13.5" />
  </svg>
);
