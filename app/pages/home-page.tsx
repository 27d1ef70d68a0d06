import { buttonClass } from '../components/button.tsx';
import { Time } from '../components/time.tsx';
import { isolate, type Way } from './device-text.ts';
import { landingText as text } from './landing-text.ts';

export interface WayIn {
  /** Unique among the account's ways in. */
  readonly id: string;
  readonly way: Way;
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

const Way = ({ wayIn, now }: { readonly wayIn: WayIn; readonly now: string }) => (
  <li className="p-2 mid:px-3">
    <p className="font-medium">
      {wayIn.way.kind === 'password' ? text.password : wayIn.way.name}
      {wayIn.way.kind === 'provider' && wayIn.way.handle && (
        <span className="ms-1 font-normal text-ink-soft">{isolate(wayIn.way.handle)}</span>
      )}
    </p>
    <p className="flex flex-wrap gap-x-2 text-small text-ink-soft">
      <span>
        {text.added} <Time at={wayIn.addedAt} now={now} />
      </span>
      {lastUse(wayIn, now)}
    </p>
  </li>
);

/** The first page for somebody who is signed in: who you are, and your ways in. */
export const HomePage = ({ person, waysIn, now }: HomePageProps) => (
  <div className="mx-auto grid max-w-main gap-5">
    <div>
      <p className="text-ink-soft">{text.signedInAs}</p>
      <h1 className="text-title font-semibold tracking-tight">
        <bdi>{person.name}</bdi>
      </h1>
      <p className="mt-0.5 text-ink-soft">
        {person.username} · {person.email ?? text.noEmail}
      </p>
      <p className="mt-3 grid gap-2 mid:flex">
        <a href="/settings/history" className={buttonClass('primary')}>
          {text.history}
        </a>
        <a href="/settings" className={buttonClass('quiet')}>
          {text.change}
        </a>
      </p>
    </div>
    <section>
      <h2 className="text-lead font-semibold">{text.waysIn}</h2>
      <ul className="mt-2 divide-y divide-line rounded-corner border border-line bg-surface">
        {waysIn.map((wayIn) => (
          <Way key={wayIn.id} wayIn={wayIn} now={now} />
        ))}
      </ul>
    </section>
  </div>
);
