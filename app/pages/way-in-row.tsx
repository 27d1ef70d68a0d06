import type { ReactNode } from 'react';
import { buttonClass } from '../components/button.tsx';
import { Time } from '../components/time.tsx';
import { connectionsText as text } from './connections-text.ts';

/** What is told of every way in, whatever its kind. */
export interface WayInUse {
  readonly addedAt: string;
  /** Null when it was not used yet, undefined when nobody knows. */
  readonly lastUsedAt?: string | null | undefined;
  /** The session at hand began with it. */
  readonly current?: boolean | undefined;
  /** Another usable way in is left when it goes. */
  readonly removable: boolean;
}

export interface WayInRowProps {
  readonly mark: ReactNode;
  readonly name: string;
  /** Which one it is, where there may be several. */
  readonly handle?: string | undefined;
  readonly use: WayInUse;
  readonly now: string;
  readonly children?: ReactNode;
  readonly actions: ReactNode;
}

const LastUse = ({ lastUsedAt, now }: { lastUsedAt: string | null; now: string }) => {
  if (lastUsedAt === null) return <span>{text.neverUsed}</span>;
  return (
    <span>
      {text.lastUsed} <Time at={lastUsedAt} now={now} />
    </span>
  );
};

/** One way in: its mark, what it is, when it was added and used; what can be done with it on the right, below on a phone. */
export const WayInRow = (props: WayInRowProps) => {
  const { mark, name, handle, use, now, children, actions } = props;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-1.5 p-2 mid:grid-cols-[auto_minmax(0,1fr)_15rem] mid:gap-x-2 mid:px-3">
      <div>{mark}</div>
      <div>
        <h2 className="font-semibold">
          {name}
          {handle && <span className="ms-1 font-normal">{handle}</span>}
        </h2>
        {children}
        <p className="flex flex-wrap gap-x-2 text-small text-ink-soft">
          <span>
            {text.added} <Time at={use.addedAt} now={now} />
          </span>
          {use.lastUsedAt !== undefined && <LastUse lastUsedAt={use.lastUsedAt} now={now} />}
          {use.current && <span className="font-semibold text-brass">{text.current}</span>}
        </p>
      </div>
      <div className="col-span-2 grid content-start gap-1 mid:col-span-1">{actions}</div>
    </li>
  );
};

export interface StaysProps {
  readonly id: string;
  /** There is no other way in at all. */
  readonly alone: boolean;
}

/** Why it stays, and beside it the button that changes that. */
export const Stays = ({ id, alone }: StaysProps) => (
  <>
    <p id={id} className="text-small text-ink-soft">
      {alone ? text.only : text.onlyUsable}
    </p>
    <a href="#add" className={buttonClass('primary', true)}>
      {text.addAnother}
    </a>
  </>
);
