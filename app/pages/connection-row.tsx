import { Button } from '../components/button.tsx';
import { Form } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { ProviderButton } from '../components/provider-buttons.tsx';
import { ProviderMark } from '../components/provider-mark.tsx';
import { connectionsText as text } from './connections-text.ts';
import { handleText, isolate } from './device-text.ts';
import type { Identity } from './identity-text.ts';
import { Stays, WayInRow, type WayInUse } from './way-in-row.tsx';

export type PasswordWay = WayInUse;

/** An identity that is connected to the account. */
export interface Connection extends Identity, WayInUse {
  readonly identityId: string;
  /** We may ask there what it is called now. */
  readonly refreshable?: boolean | undefined;
  /** `unconfigured`: its provider is no longer offered. The other two rest: after a recovery, or at their provider's word. */
  readonly state: 'usable' | 'unconfigured' | 'recovery' | 'provider';
}

export interface ConnectionRowProps {
  readonly connection: Connection;
  readonly csrf: string;
  /** There is no other row. */
  readonly alone: boolean;
  readonly now: string;
}

const State = ({ connection }: Pick<ConnectionRowProps, 'connection'>) => {
  const { state, provider } = connection;
  if (state === 'usable') return null;
  return (
    <p className="my-0.5 flex gap-0.5 text-small text-warning" data-state={state}>
      <Icon name="warning" />
      {text.states[state](isolate(provider.label))}
    </p>
  );
};

type ActionProps = Omit<ConnectionRowProps, 'now'>;

const Reopen = ({ connection, csrf }: ActionProps) => {
  const { provider, identityId, state } = connection;
  if (state === 'recovery') {
    return (
      <Form csrf={csrf} hidden={{ intent: 'restore', provider: provider.name, identityId }}>
        <Button kind="primary" wide label={text.restoreOf(connection)}>
          {text.restore}
        </Button>
      </Form>
    );
  }
  if (state !== 'provider') return null;
  const label = text.againOf(connection);
  return (
    <ProviderButton provider={provider} csrf={csrf} intent="link" label={label}>
      {text.again}
    </ProviderButton>
  );
};

const Refresh = ({ connection, csrf }: ActionProps) => {
  const { provider, identityId, state, refreshable } = connection;
  if (state !== 'usable' || !refreshable) return null;
  return (
    <Form csrf={csrf} hidden={{ intent: 'refresh', provider: provider.name, identityId }}>
      <Button kind="quiet" wide label={text.refreshOf(connection)}>
        {text.refresh}
      </Button>
    </Form>
  );
};

const Disconnect = ({ connection, csrf, alone }: ActionProps) => {
  const { provider, identityId, removable } = connection;
  const stays = `stays-${identityId}`;
  return (
    <>
      <Form csrf={csrf} hidden={{ intent: 'unlink', provider: provider.name, identityId }}>
        <Button
          kind="danger"
          wide
          label={text.disconnectOf(connection)}
          refusedBy={removable ? undefined : stays}
        >
          {text.disconnect(provider.label)}
        </Button>
      </Form>
      {!removable && <Stays id={stays} alone={alone} />}
    </>
  );
};

export const ConnectionRow = ({ now, ...row }: ConnectionRowProps) => {
  const { provider, handle, name, email } = row.connection;
  const shown = handle ?? name ?? email;
  return (
    <WayInRow
      mark={<ProviderMark provider={provider} className="size-3" />}
      name={provider.label}
      handle={shown && handleText(shown)}
      use={row.connection}
      now={now}
      actions={
        <>
          <Reopen {...row} />
          <Refresh {...row} />
          <Disconnect {...row} />
        </>
      }
    >
      {email && email !== shown && <p className="text-small">{email}</p>}
      {!shown && <p className="text-small text-ink-soft">{text.unnamed}</p>}
      <State connection={row.connection} />
    </WayInRow>
  );
};
