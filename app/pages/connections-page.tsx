import { ErrorSummary } from '../components/error-summary.tsx';
import type { FormAlert } from '../components/form-state.ts';
import { Notice } from '../components/notice.tsx';
import type { ProviderChoice } from '../components/provider-choice.ts';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { AddWayIn } from './add-way-in.tsx';
import { ConnectionRow, type Connection } from './connection-row.tsx';
import { connectionsText as text, ruleText } from './connections-text.ts';
import type { Identity } from './identity-text.ts';
import { TextLink } from './narrow-page.tsx';
import { PasswordRow } from './password-row.tsx';
import type { WayInUse } from './way-in-row.tsx';

/** An identity that its owner took to another account (H11). Which one is nobody's business here. */
export interface MovedAway extends Identity {
  readonly movedAt: string;
}

export interface ConnectionsPageProps {
  readonly csrf: string;
  readonly password: WayInUse | null;
  /** In the order in which they were added. */
  readonly connections: readonly Connection[];
  /** The providers one can connect now. */
  readonly providers: readonly ProviderChoice[];
  /** Of the last 30 days, newest first. */
  readonly moved?: readonly MovedAway[] | undefined;
  readonly now: string;
  readonly alert?: FormAlert | undefined;
}

const MovedNotice = ({ moved }: { readonly moved: MovedAway }) => (
  <Notice tone="warning" title={text.moved(moved, moved.movedAt)}>
    <p>{text.movedNext}</p>
    <p className="-mb-1 flex flex-wrap gap-x-3">
      <TextLink href="/settings/sessions">{text.movedSessions}</TextLink>
      <TextLink href="/settings/history">{text.movedHistory}</TextLink>
    </p>
  </Notice>
);

/** Every way in, the one rule in words, and what can be added. */
export const ConnectionsPage = (props: ConnectionsPageProps) => {
  const { csrf, password, connections, providers, moved = [], now, alert } = props;
  const usable = connections.filter(({ state }) => state === 'usable').length + (password ? 1 : 0);
  const count = { all: connections.length + (password ? 1 : 0), usable };
  return (
    <SettingsFrame current="/settings/connections" lead={text.lead}>
      {moved.map((identity) => (
        <MovedNotice key={`${identity.provider.name}${identity.movedAt}`} moved={identity} />
      ))}
      <div>
        <ErrorSummary alert={alert} />
        <p className="mb-2 font-medium" data-rule={usable > 1 ? 'free' : 'only'}>
          {ruleText(count)}
        </p>
        <ul className="divide-y divide-line rounded-corner border border-line bg-surface">
          {password && <PasswordRow password={password} alone={count.all === 1} now={now} />}
          {connections.map((connection) => (
            <ConnectionRow
              key={connection.identityId}
              connection={connection}
              csrf={csrf}
              alone={count.all === 1}
              now={now}
            />
          ))}
        </ul>
      </div>
      <AddWayIn csrf={csrf} providers={providers} hasPassword={password !== null} />
    </SettingsFrame>
  );
};
