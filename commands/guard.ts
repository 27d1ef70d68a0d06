import type { LivingAccount } from '../domain/account/account.ts';
import type { Session } from '../vault/vault.ts';
import type { Deps } from './deps.ts';
import { livesOn } from './living-sessions.ts';
import type { LoadedAccount } from './load-account.ts';
import { isLiving } from '../domain/account/is-living.ts';

export interface Guarded {
  readonly session: Session;
  readonly loaded: LoadedAccount;
  readonly account: LivingAccount;
}

/**
 * Who a page may show itself to. It may be out of date by as long as the log is away, so it is less than what a
 * command asks for, and none takes it.
 */
export type Viewer = Pick<Guarded, 'session' | 'account'>;

const FRESH_MS = 5 * 60_000;

/**
 * Who a session token stands for now: the row in the vault, and the account's own stream, where no later event may
 * have ended it. Undefined for everybody else. Throws Unavailable when the stream cannot be read.
 */
export async function guard(
  deps: Pick<Deps, 'vault' | 'accounts' | 'clock'>,
  token: string,
): Promise<Guarded | undefined> {
  const session = await deps.vault.sessions.find(token, deps.clock());
  if (!session) return undefined;
  const loaded = await deps.accounts.load(session.accountId);
  const { account } = loaded;
  if (!isLiving(account)) return undefined;
  return livesOn(session, account) ? { session, loaded, account } : undefined;
}

/**
 * Did this person prove themselves within the last five minutes (ASVS 7.5.1)? A password counts and so does a
 * provider's fresh `auth_time`; anything weaker does not (H4). A proof from the future counts for nothing (F22).
 */
export const freshlyProved = ({ reauthenticated: proof }: Session, now: Date): boolean =>
  proof !== null && proof.how !== 'weak' && isFresh(proof, now);

/** Is there a weak proof for exactly this page, not yet spent (H4)? */
export const weaklyProvedFor = (
  { reauthenticated: proof }: Session,
  page: string,
  now: Date,
): boolean => proof?.how === 'weak' && proof.page === page && isFresh(proof, now);

/** The page whose weak proof lets its owner read what was. */
const historyPath = '/settings/history';

/**
 * May former values and raw events be read (H19)? Reading changes nothing, so a weak proof that was given for the
 * history is good for all of it until it is five minutes old, and no page spends it.
 */
export function readsHistoryProved(session: Session, now: Date): boolean {
  const page = session.reauthenticated?.page?.replace(/\?.*/, '');
  if (freshlyProved(session, now)) return true;
  return page === historyPath && weaklyProvedFor(session, session.reauthenticated?.page ?? '', now);
}

function isFresh({ at }: { readonly at: Date }, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  return age >= 0 && age <= FRESH_MS;
}
