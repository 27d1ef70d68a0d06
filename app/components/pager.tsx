import { Icon } from './icon.tsx';

export interface PagerProps {
  /** Addresses of the neighbours; nothing where there is none. */
  readonly newer?: string | undefined;
  readonly older?: string | undefined;
  readonly label: string;
  readonly newerText: string;
  readonly olderText: string;
}

const linkClass =
  'inline-flex min-h-6 items-center gap-1 rounded-corner border border-edge bg-surface px-2 font-medium hover:border-ink';

/** The way to the pages before and after this one. */
export const Pager = ({ newer, older, label, newerText, olderText }: PagerProps) => {
  if (!newer && !older) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap justify-between gap-2 print:hidden">
      {newer ? (
        <a rel="prev" href={newer} className={linkClass}>
          <Icon name="earlier" /> {newerText}
        </a>
      ) : (
        <span />
      )}
      {older && (
        <a rel="next" href={older} className={linkClass}>
          {olderText} <Icon name="later" />
        </a>
      )}
    </nav>
  );
};
