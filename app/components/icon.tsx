const paths = {
  safe: 'M4 10.5l4 4 8-9',
  warning: 'M10 3L18 17H2zM10 8.5v4M10 14.25v1',
  danger: 'M6.5 2.5h7l4 4v7l-4 4h-7l-4-4v-7zM7.25 7.25l5.5 5.5M12.75 7.25l-5.5 5.5',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15zM10 9v5M10 6v1',
  show: 'M1.75 10S4.75 4.5 10 4.5 18.25 10 18.25 10 15.25 15.5 10 15.5 1.75 10 1.75 10zM10 7.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5z',
  hide: 'M3 3l14 14M8 4.75c.6-.15 1.3-.25 2-.25 5.25 0 8.25 5.5 8.25 5.5s-.8 1.45-2.25 2.85M5 6.25C2.85 7.8 1.75 10 1.75 10S4.75 15.5 10 15.5c1.25 0 2.4-.3 3.4-.75M8.25 8.25a2.5 2.5 0 0 0 3.5 3.5',
  key: 'M7 3a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM9.8 9.8l7 7M13 13l2-2M15.5 15.5l1.5-1.5',
  earlier: 'M11.5 4L5.5 10l6 6',
  later: 'M8.5 4l6 6-6 6',
} as const;

export type IconName = keyof typeof paths;

export interface IconProps {
  readonly name: IconName;
  readonly className?: string;
}

/** A line drawing of 20 px in the colour of the text around it. Never alone: words stand beside it. */
export const Icon = ({ name, className = '' }: IconProps) => (
  <svg
    viewBox="0 0 20 20"
    className={`size-2.5 shrink-0 ${className}`}
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
);
