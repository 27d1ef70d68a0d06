import { dayKey, dayText } from './time-text.ts';
import { Time } from './time.tsx';

/** One entry of the register. A fact stands on the line; an attempt changed nothing and stands beside it, in a lighter hand. */
export interface RegisterEntry {
  readonly kind: 'fact' | 'attempt';
  /** Unique on the page; also its address, `#id`. */
  readonly id: string;
  readonly at: string;
  readonly sentence: string;
  /** By whom, from where. */
  readonly circumstances: readonly string[];
  /** Whom it is about, where entries of several accounts stand together. */
  readonly about?: { readonly href: string; readonly text: string } | undefined;
  /** A fact's place in the account's stream. */
  readonly number?: number | undefined;
  /** A fact's event id, shown as it stands in the log. */
  readonly eventId?: string | undefined;
}

export interface HistoryLineProps {
  /** Newest first. */
  readonly entries: readonly RegisterEntry[];
  readonly now: string;
  /** The key's bow at the top: only where the newest entry is on this page. */
  readonly fromNow?: boolean;
  /** What a number is called to somebody who listens. */
  readonly numberText: (number: number) => string;
  /** What the way to the account as it was after a fact is called, and where it leads; without it there is none. */
  readonly moment?:
    { readonly words: string; readonly address: (number: number) => string } | undefined;
}

const byDay = (entries: readonly RegisterEntry[]): (readonly RegisterEntry[])[] => {
  const days: RegisterEntry[][] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    const sameDay = last?.[0] && dayKey(last[0].at) === dayKey(entry.at);
    if (last && sameDay) last.push(entry);
    if (!sameDay) days.push([entry]);
  }
  return days;
};

type EntryProps = Pick<HistoryLineProps, 'now' | 'numberText' | 'moment'> & {
  readonly entry: RegisterEntry;
};

/** Where a fact stands in the log: its number, and its event id, cut to its first group where there is little room. */
const Place = ({ entry, numberText }: Pick<EntryProps, 'entry' | 'numberText'>) => {
  const [head, ...rest] = (entry.eventId ?? '').split('-');
  if (entry.number === undefined) return null;
  return (
    <p className="register-place">
      <span className="register-number">
        <span className="sr-only">{numberText(entry.number)}</span>
        <span aria-hidden="true">{entry.number}</span>
      </span>
      {entry.eventId && (
        <code className="register-id">
          {head}
          <span className="register-id-rest">{rest.map((group) => `-${group}`)}</span>
        </code>
      )}
    </p>
  );
};

/** The way to the account as it was after a fact. */
const Moment = ({ entry, numberText, moment }: Omit<EntryProps, 'now'>) =>
  moment &&
  entry.number !== undefined && (
    <span>
      <a href={moment.address(entry.number)} className="register-moment">
        {moment.words} <span className="sr-only">{numberText(entry.number)}</span>
      </a>
    </span>
  );

const Entry = ({ entry, now, numberText, moment }: EntryProps) => (
  <li id={entry.id} className={`register-entry register-${entry.kind}`}>
    <div className="register-words">
      <p className="register-sentence">{entry.sentence}</p>
      <p className="register-circumstances">
        {entry.circumstances.map((part) => (
          <span key={part}>{part}</span>
        ))}
        <Moment entry={entry} numberText={numberText} moment={moment} />
        {entry.about && (
          <span className="[overflow-wrap:anywhere]">
            <a href={entry.about.href} className="underline underline-offset-4">
              {entry.about.text}
            </a>
          </span>
        )}
      </p>
    </div>
    <Place entry={entry} numberText={numberText} />
    <a href={`#${entry.id}`} className="register-time time-reveals">
      <Time at={entry.at} now={now} />
    </a>
  </li>
);

/** The account's register: a vertical line, days as headings, entries newest first. */
export const HistoryLine = ({ entries, now, fromNow = true, ...numbers }: HistoryLineProps) => (
  <div className="register">
    <div className={`register-body ${fromNow ? 'register-from-now' : ''}`}>
      {byDay(entries).map((day) => (
        <section key={day[0]?.id}>
          <h2 className="register-day">{dayText(day[0]?.at ?? now, now)}</h2>
          <ol className="register-entries">
            {day.map((entry) => (
              <Entry key={entry.id} entry={entry} now={now} {...numbers} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  </div>
);
