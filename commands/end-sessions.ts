import type { Asking, SignedIn } from './asking.ts';
import { inBackground } from './background.ts';
import type { Deps } from './deps.ts';
import type { Guarded, Viewer } from './guard.ts';
import type { ActivityKind } from '../vault/vault-activity.ts';

type Asker = SignedIn & Guarded;

/**
 * Signs this browser out: the session ends on the server, not only its cookie (ASVS 7.4.1). Who holds a token may
 * always end it, so this alone takes a viewer: signing out works while the log is away.
 */
export async function signOut(deps: Deps, asking: Asking & Viewer): Promise<void> {
  const { accountId, sessionId } = asking.session;
  await deps.vault.sessions.end(accountId, sessionId);
  record(deps, asking, 'signed-out');
}

/** Ends the session that a new sign-in in the same browser takes the place of. */
export async function replaceSession(deps: Deps, { session }: Guarded): Promise<void> {
  await deps.vault.sessions.end(session.accountId, session.sessionId);
}

/** Ends one session of the asker's own account; false if there is none of that id (ASVS 7.5.2). */
export async function endSession(deps: Deps, asking: Asker, sessionId: string): Promise<boolean> {
  const ended = await deps.vault.sessions.end(asking.session.accountId, sessionId);
  if (ended) record(deps, asking, 'session-ended');
  return ended;
}

/** Ends every session of the account but the asker's; answers how many. */
export async function endOtherSessions(deps: Deps, asking: Asker): Promise<number> {
  const { accountId, sessionId } = asking.session;
  const ended = await deps.vault.sessions.endAll(accountId, sessionId);
  if (ended > 0) record(deps, asking, 'session-ended');
  return ended;
}

function record(deps: Deps, { session, account, from }: Asking & Viewer, kind: ActivityKind): void {
  inBackground(deps, 'recording-activity', () =>
    deps.vault.activity.record({
      accountId: session.accountId,
      keyId: account.keyId,
      kind,
      at: deps.clock(),
      method: null,
      device: from,
    }),
  );
}
