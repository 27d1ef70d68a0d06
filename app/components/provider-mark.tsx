import facebookIcon from 'simple-icons/icons/facebook.svg?raw';
import githubIcon from 'simple-icons/icons/github.svg?raw';
import type { ProviderChoice } from './provider-choice.ts';

const drawing = (svg: string): string => / d="([^"]+)"/.exec(svg)?.[1] ?? '';
const github = drawing(githubIcon);
const facebook = drawing(facebookIcon);

/** The G of Google's own button, because its rules allow no other: always four colours, never one. */
const google = [
  [
    'mark-google-red',
    'M24 9.5c3.54 0 6.71 1.22 9.21 3.6l6.85-6.85C35.9 2.38 30.47 0 24 0 14.62 0 6.51 5.38 2.56 13.22l7.98 6.19C12.43 13.72 17.74 9.5 24 9.5z',
  ],
  [
    'mark-google-blue',
    'M46.98 24.55c0-1.57-.15-3.09-.38-4.55H24v9.02h12.94c-.58 2.96-2.26 5.48-4.78 7.18l7.73 6c4.51-4.18 7.09-10.36 7.09-17.65z',
  ],
  [
    'mark-google-yellow',
    'M10.53 28.59c-.48-1.45-.76-2.99-.76-4.59s.27-3.14.76-4.59l-7.98-6.19C.92 16.46 0 20.12 0 24c0 3.88.92 7.54 2.56 10.78l7.97-6.19z',
  ],
  [
    'mark-google-green',
    'M24 48c6.48 0 11.93-2.13 15.89-5.81l-7.73-6c-2.15 1.45-4.92 2.3-8.16 2.3-6.26 0-11.57-4.22-13.47-9.91l-7.98 6.19C6.51 42.62 14.62 48 24 48z',
  ],
] as const;

const Letter = ({ label }: { readonly label: string }) => (
  <>
    <rect x="1" y="1" width="22" height="22" rx="5" className="mark-letter-frame" />
    <text x="12" y="16.75" textAnchor="middle" className="mark-letter">
      {Array.from(label.trim())[0]?.toUpperCase() ?? '?'}
    </text>
  </>
);

const Drawing = ({ kind, label }: Pick<ProviderChoice, 'kind' | 'label'>) => {
  switch (kind) {
    case 'github':
      return <path d={github} className="mark-github" />;
    case 'facebook':
      return (
        <>
          <circle cx="12" cy="12" r="11" className="mark-facebook-letter" />
          <path d={facebook} className="mark-facebook" />
        </>
      );
    case 'google':
      return google.map(([name, path]) => <path key={name} d={path} className={name} />);
    case 'oidc':
      return <Letter label={label} />;
  }
};

export interface ProviderMarkProps {
  readonly provider: Pick<ProviderChoice, 'kind' | 'label'>;
  readonly className?: string;
}

/**
 * A provider's mark by its owner's rules: GitHub's in black or white, Facebook's blue with a white letter, Google's in
 * its four colours. Decoration: the name stands beside it.
 */
export const ProviderMark = ({ provider, className = 'size-2.5' }: ProviderMarkProps) => (
  <svg
    viewBox={provider.kind === 'google' ? '0 0 48 48' : '0 0 24 24'}
    className={`shrink-0 ${className}`}
    data-mark={provider.kind}
    aria-hidden="true"
    focusable="false"
  >
    <Drawing {...provider} />
  </svg>
);
