import { useLive } from '../components/use-live.ts';
import { historyText as text } from './history-text.ts';
import { TextLink } from './narrow-page.tsx';

export interface LiveLineProps {
  /** Whose frames tell when there is more. */
  readonly feed: string;
  /** What the feed would say of what is shown. */
  readonly revision: number | string;
  /** This page's own address: without scripts, or without the feed, it is asked for again by hand. */
  readonly address: string;
}

/** Says whether new entries appear by themselves; if not, how to get them. */
export const LiveLine = ({ feed, revision, address }: LiveLineProps) => {
  const live = useLive(feed, revision);
  return (
    <p role="status" className="flex min-h-6 items-center text-small text-ink-soft print:hidden">
      {live ? text.live : <TextLink href={address}>{text.reload}</TextLink>}
    </p>
  );
};
