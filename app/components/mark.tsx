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
    strokeWidth="2.5"
    aria-hidden="true"
    focusable="false"
  >
    <circle cx="11" cy="8.25" r="5.5" />
    <path d="M11 13.75V30M11 18.25h11M11 23.25h7.5M11 28.25h13" />
  </svg>
);
