import { buttonClass } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import type { ProviderKind } from '../components/provider-choice.ts';
import { ProviderMark } from '../components/provider-mark.tsx';
import { HistoryLine } from '../components/history-line.tsx';
import { Time } from '../components/time.tsx';
import { handleText, type Way } from './device-text.ts';
import { TextLink } from './narrow-page.tsx';
import { registerEntry, type HistoryEntry } from './history-entry.ts';
import { historyText } from './history-text.ts';
import { landingText as text } from './landing-text.ts';

export interface WayIn {
  /** Unique among the account's ways in. */
  readonly id: string;
  readonly way: Way;
  /** Whose mark stands beside it; a key where it is nobody's. */
  readonly mark?: ProviderKind | undefined;
  readonly addedAt: string;
  /** Null when it was not used yet, undefined when nobody knows. */
  readonly lastUsedAt?: string | null | undefined;
}

export interface HomePageProps {
  readonly person: {
    readonly name: string;
    readonly username: string;
    readonly email: string | null;
  };
  readonly waysIn: readonly WayIn[];
  /** The newest few entries of the history. */
  readonly recent?: readonly HistoryEntry[] | undefined;
  readonly now: string;
}

const lastUse = ({ lastUsedAt }: WayIn, now: string) => {
  if (lastUsedAt === undefined) return null;
  if (lastUsedAt === null) return <span>{text.neverUsed}</span>;
  return (
    <span>
      {text.lastUsed} <Time at={lastUsedAt} now={now} />
    </span>
  );
};

const WayMark = ({ wayIn: { mark, way } }: { readonly wayIn: WayIn }) =>
  mark && way.kind === 'provider' ? (
    <ProviderMark provider={{ kind: mark, label: way.name }} className="size-3" />
  ) : (
    <Icon name="key" className="size-3" />
  );

const Way = ({ wayIn, now }: { readonly wayIn: WayIn; readonly now: string }) => (
  <li className="flex gap-1.5 p-2 mid:px-3">
    <WayMark wayIn={wayIn} />
    <div className="min-w-0">
      <p className="font-medium">
        {wayIn.way.kind === 'password' ? text.password : wayIn.way.name}
        {wayIn.way.kind === 'provider' && wayIn.way.handle && (
          <span className="ms-1 font-normal text-ink-soft">{handleText(wayIn.way.handle)}</span>
        )}
      </p>
      <p className="flex flex-wrap gap-x-2 text-small text-ink-soft">
        <span>
          {text.added} <Time at={wayIn.addedAt} now={now} />
        </span>
        {lastUse(wayIn, now)}
      </p>
    </div>
  </li>
);

const Person = ({ person }: Pick<HomePageProps, 'person'>) => (
  <div className="min-w-0">
    <p className="text-ink-soft">{text.signedInAs}</p>
    <h1 className="text-title font-semibold tracking-tight">
      <bdi>{person.name}</bdi>
    </h1>
    <p className="mt-1">{person.username}</p>
    <p className="text-ink-soft">{person.email ?? text.noEmail}</p>
    <p className="mt-3 grid gap-2 mid:flex wide:grid wide:justify-start">
      <a href="/settings/history" className={buttonClass('primary')}>
        {text.history}
      </a>
      <a href="/settings" className={buttonClass('quiet')}>
        {text.change}
      </a>
    </p>
  </div>
);

/** The first page for somebody who is signed in: who you are, your ways in, and what happened lately. */
export const HomePage = ({ person, waysIn, recent = [], now }: HomePageProps) => (
  <div className="grid gap-5 wide:grid-cols-[20rem_minmax(0,1fr)] wide:gap-8">
    <Person person={person} />
    <div className="grid min-w-0 max-w-main content-start gap-5">
      <section>
        <h2 className="text-lead font-semibold">{text.waysIn}</h2>
        <ul className="mt-2 divide-y divide-line rounded-corner border border-line bg-surface">
          {waysIn.map((wayIn) => (
            <Way key={wayIn.id} wayIn={wayIn} now={now} />
          ))}
        </ul>
        <p className="mt-1">
          <TextLink href="/settings/connections">{text.changeWays}</TextLink>
        </p>
      </section>
      {recent.length > 0 && (
        <section>
          <h2 className="mb-2 text-lead font-semibold">{text.lately}</h2>
          <HistoryLine
            entries={recent.map((entry) => registerEntry(entry))}
            now={now}
            numberText={historyText.number}
          />
        </section>
      )}
    </div>
  </div>
);
