import type { IdentityMethod } from '../domain/account/account.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { readsHistoryProved } from '../commands/guard.ts';
import { leavesAWayIn } from '../domain/account/usable-way-in.ts';
import type { AppContext } from './context.ts';
import type { MovedAway } from './pages/connections-page.tsx';
import type { Connection, PasswordWay } from './pages/connection-row.tsx';
import { linkedProfiles } from './linked-profiles.server.ts';
import { identityFace } from './provider-choices.server.ts';
import type { Asker } from './signed-in.server.ts';
import { waysInOf } from './ways-in.server.ts';
import { isLiving } from '../domain/account/is-living.ts';

const NOTICE_MS = 30 * 86_400_000;

export interface Connections {
  readonly password: PasswordWay | null;
  readonly connections: readonly Connection[];
  readonly moved: readonly MovedAway[];
}

/** The account's ways in as the connections page tells them, each with what the one rule says of it. */
export async function connectionsOf(context: AppContext, asker: Asker): Promise<Connections> {
  const { deps } = context.services;
  const { configured } = deps.policy;
  const [{ account }, used, owners] = await Promise.all([
    deps.accounts.loadOpened(asker.session.accountId),
    waysInOf(context, asker),
    deps.vault.tokens.ownersOf(asker.session.accountId),
  ]);
  if (!isLiving(account)) {
    return { password: null, connections: [], moved: [] };
  }
  const lastUse = new Map(used.map(({ id, lastUsedAt }) => [id, lastUsedAt]));
  const { method: came } = asker.session;
  const connections: Connection[] = [];
  let password: PasswordWay | null = null;
  for (const method of account.methods) {
    const { addedAt } = method;
    const removable = leavesAWayIn(account, method, configured);
    if (method.kind === 'password') {
      const current = came.kind === 'password';
      password = { addedAt, removable, current, lastUsedAt: lastUse.get('password') };
      continue;
    }
    connections.push({
      ...identityFace(context, method.provider, method.profile),
      identityId: method.identityId,
      state: stateOf(method, configured),
      addedAt,
      lastUsedAt: lastUse.get(method.identityId),
      current: came.kind === 'identity' && came.identityId === method.identityId,
      removable,
      refreshable: owners.some(({ identityId }) => identityId === method.identityId),
    });
  }
  return { password, connections, moved: await movedAway(context, asker) };
}

function stateOf(
  { suspended, provider }: IdentityMethod,
  configured: readonly ProviderName[],
): Connection['state'] {
  if (!configured.includes(provider)) return 'unconfigured';
  return suspended ?? 'usable';
}

/** Identities that their owner took to another account within thirty days (H11). */
async function movedAway(context: AppContext, { session }: Asker): Promise<readonly MovedAway[]> {
  const history = await context.services.deps.accounts.history(session.accountId);
  const since = context.at.getTime() - NOTICE_MS;
  const profiles = linkedProfiles(history);
  // A former handle is told to a fresh proof only, as in the history (H19).
  const mayRead = readsHistoryProved(session, context.at);
  const moved: MovedAway[] = [];
  for (const { event, at } of history.toReversed()) {
    if (event.type !== 'ProviderUnlinked' || event.reason !== 'moved') continue;
    if (Date.parse(at) < since) continue;
    const told = mayRead ? (profiles.get(event.identityId) ?? 'closed') : 'closed';
    const face = identityFace(context, event.provider, told);
    moved.push({ ...face, hidden: !mayRead, movedAt: at });
  }
  return moved;
}
