import { exactText, relativeText } from './time-text.ts';

export interface TimeProps {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The server's clock when it answered, so that server and browser say the same words. */
  readonly now: string;
}

/** A moment: relative to read, exact in the title, on paper, and on focus of a `.time-reveals` around it. */
export const Time = ({ at, now }: TimeProps) => (
  <time className="time" dateTime={at} title={exactText(at)}>
    <span className="time-relative">{relativeText(at, now)}</span>
    <span className="time-exact">{exactText(at)}</span>
  </time>
);

/** A moment that must be exact at first sight. */
export const ExactTime = ({ at }: { readonly at: string }) => (
  <time dateTime={at}>{exactText(at)}</time>
);
