import type { ReactNode } from 'react';
import { Button, buttonClass } from '../components/button.tsx';
import { Form } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { ProviderButton } from '../components/provider-buttons.tsx';
import { ProviderMark } from '../components/provider-mark.tsx';
import { Time } from '../components/time.tsx';
import { connectionsText as text } from './connections-text.ts';
import { handleText, isolate } from './device-text.ts';
import type { Identity } from './identity-text.ts';

interface Used {
  readonly addedAt: string;
  /** Null when it was not used yet, undefined when nobody knows. */
  readonly lastUsedAt?: string | null | undefined;
  /** The session at hand began with it. */
  readonly current?: boolean | undefined;
  /** Another usable way in is left when it goes. */
  readonly removable: boolean;
}

export type PasswordWay = Used;

/** An identity that is connected to the account. */
export interface Connection extends Identity, Used {
  readonly identityId: string;
  /** `unconfigured`: its provider is no longer offered; the suspended ones rest after a recovery, or at their provider's word. */
  readonly state: 'usable' | 'unconfigured' | 'recovery' | 'provider';
}

interface RowProps {
  readonly mark: ReactNode;
  readonly title: ReactNode;
  readonly used: Used;
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

const Row = ({ mark, title, used, now, children, actions }: RowProps) => (
  <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-1.5 gap-y-1.5 p-2 mid:grid-cols-[auto_minmax(0,1fr)_auto] mid:items-center mid:gap-x-2 mid:px-3">
    <div className="pt-0.25">{mark}</div>
    <div>
      {title}
      {children}
      <p className="flex flex-wrap gap-x-2 text-small text-ink-soft">
        <span>
          {text.added} <Time at={used.addedAt} now={now} />
        </span>
        {used.lastUsedAt !== undefined && <LastUse lastUsedAt={used.lastUsedAt} now={now} />}
      </p>
    </div>
    <div className="col-start-2 grid gap-1 mid:col-start-3 mid:max-w-[14rem]">{actions}</div>
  </li>
);

const Title = ({
  words,
  handle,
  current,
}: {
  words: string;
  handle?: string;
  current?: boolean;
}) => (
  <>
    <h2 className="font-semibold">
      {words}
      {handle && <span className="ms-1 font-normal">{handle}</span>}
    </h2>
    {current && <p className="text-small font-semibold text-brass">{text.current}</p>}
  </>
);

/** Why it stays, and what to do about it. */
const Stays = ({ id, alone }: { readonly id: string; readonly alone: boolean }) => (
  <p id={id} className="text-small text-ink-soft">
    {alone ? text.only : text.onlyUsable}{' '}
    <a
      href="#add"
      className="inline-flex min-h-6 items-center text-brass underline underline-offset-4"
    >
      {text.addAnother}
    </a>
  </p>
);

const State = ({ connection }: { readonly connection: Connection }) => {
  const { state, provider } = connection;
  if (state === 'usable') return null;
  return (
    <p className="flex gap-0.5 text-small text-warning" data-state={state}>
      <Icon name="warning" />
      {text.states[state](isolate(provider.label))}
    </p>
  );
};

export interface ConnectionRowProps {
  readonly connection: Connection;
  readonly csrf: string;
  /** There is no other row. */
  readonly alone: boolean;
  readonly now: string;
}

const Actions = ({ connection, csrf, alone }: Omit<ConnectionRowProps, 'now'>) => {
  const { provider, identityId, state, removable } = connection;
  const why = `stays-${identityId}`;
  const hidden = { provider: provider.name, identityId };
  return (
    <>
      {state === 'recovery' && (
        <Form csrf={csrf} hidden={{ intent: 'restore', ...hidden }}>
          <Button kind="quiet" wide label={text.restoreOf(connection)}>
            {text.restore}
          </Button>
        </Form>
      )}
      {state === 'provider' && (
        <ProviderButton
          provider={provider}
          csrf={csrf}
          intent="link"
          label={text.againOf(connection)}
        >
          {text.again}
        </ProviderButton>
      )}
      <Form csrf={csrf} hidden={{ intent: 'unlink', ...hidden }}>
        <Button
          kind="danger"
          wide
          label={text.disconnectOf(connection)}
          refusedBy={removable ? undefined : why}
        >
          {text.disconnect(provider.label)}
        </Button>
      </Form>
      {!removable && <Stays id={why} alone={alone} />}
    </>
  );
};

export const ConnectionRow = (props: ConnectionRowProps) => {
  const { connection, now } = props;
  const { provider, handle, name, email, current } = connection;
  const shown = handle ?? name ?? email;
  return (
    <Row
      mark={<ProviderMark provider={provider} className="size-3" />}
      title={
        <Title
          words={provider.label}
          {...(shown && { handle: handleText(shown) })}
          {...(current && { current })}
        />
      }
      used={connection}
      now={now}
      actions={<Actions {...props} />}
    >
      {email && email !== shown && <p className="text-small">{email}</p>}
      {!shown && <p className="text-small text-ink-soft">{text.unnamed}</p>}
      <State connection={connection} />
    </Row>
  );
};

export interface PasswordRowProps {
  readonly password: PasswordWay;
  readonly alone: boolean;
  readonly now: string;
}

export const PasswordRow = ({ password, alone, now }: PasswordRowProps) => (
  <Row
    mark={<Icon name="key" className="size-3" />}
    title={<Title words={text.password} {...(password.current && { current: true })} />}
    used={password}
    now={now}
    actions={
      <>
        <a href="/settings/password" className={buttonClass('quiet', true)}>
          {text.changePassword}
        </a>
        {!password.removable && <Stays id="stays-password" alone={alone} />}
      </>
    }
  />
);
