import { identityOf } from '../domain/account/account-methods.ts';
import { leavesAWayIn } from '../domain/account/usable-way-in.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import type { Account } from '../domain/account/account.ts';
import { inventUsername } from '../commands/sign-up-policy.ts';
import type { Pending } from '../vault/vault-round-trips.ts';
import type { AppContext } from './context.ts';
import type { AccountFace, ConfirmQuestion } from './pages/confirm-question.ts';
import { identityFace } from './provider-choices.server.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** What the confirm page shows of a pending row: both faces, the question, and what is suggested. */
export async function confirmView(context: AppContext, pending: Pending) {
  const { pendingId, provider, profile, provedEmail } = pending;
  const suggested = {
    username: freeUsername(context, inventUsername(profile)),
    email: provedEmail ?? profile.email ?? '',
    name: profile.name ?? profile.handle ?? '',
  };
  return {
    csrf: await context.csrf.token(),
    pending: pendingId,
    values: suggested,
    identity: { ...identityFace(context, provider, profile), emailProved: provedEmail !== null },
    question: await questionOf(context, pending),
  };
}

const TRIES = 50;

/** The suggestion, or the same with the first number that nobody has yet; a hint like every lookup. */
function freeUsername({ services }: AppContext, wanted: string): string {
  if (wanted === '') return '';
  const { lookups, keyOf } = services.deps;
  const taken = (name: string) =>
    lookups.accountByKey('username', keyOf('username', canonicalUsername(name))) !== undefined;
  for (let number = 1; number <= TRIES; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 29)}${number}`;
    if (!taken(name)) return name;
  }
  return wanted;
}

async function questionOf(context: AppContext, pending: Pending): Promise<ConfirmQuestion> {
  const { accounts } = context.services.deps;
  const intent = pending.allowed.find((answer) => answer !== 'cancel') ?? 'create';
  const own = pending.accountId && (await accounts.loadOpened(pending.accountId)).account;
  const holder = pending.holderId && (await accounts.loadOpened(pending.holderId)).account;
  switch (intent) {
    case 'link':
      return { intent, account: faceOf(own || undefined) };
    case 'move': {
      const onlyWayIn = !!holder && !staysOpen(context, holder, pending.identityId);
      return { intent, account: faceOf(own || undefined), onlyWayIn };
    }
    case 'continue': {
      const method = holder && 'methods' in holder && identityOf(holder, pending.identityId);
      const movedAt = (method && method.movedAt) ?? context.at.toISOString();
      return { intent, account: faceOf(holder || undefined), movedAt: movedAt || '' };
    }
    default:
      return { intent: 'create', emailRequired: false, ...knownEmail(context, pending) };
  }
}

/** Said only to somebody who proved the address; to anybody else the form tells what it always tells (G14). */
function knownEmail({ services }: AppContext, { provedEmail }: Pending) {
  if (provedEmail === null) return {};
  const { lookups, keyOf } = services.deps;
  const holder = lookups.accountByKey('email', keyOf('email', canonicalEmail(provedEmail)));
  return holder === undefined ? {} : { emailKnown: provedEmail };
}

function staysOpen({ services }: AppContext, account: Account, identityId: string): boolean {
  if (!isLiving(account)) return true;
  const method = identityOf(account, identityId);
  return !method || leavesAWayIn(account, method, services.deps.policy.configured);
}

function faceOf(account: Account | undefined): AccountFace {
  const living = account?.status === 'active' || account?.status === 'closing';
  if (!living || typeof account.profile === 'string') return { username: '' };
  const { username, name, email } = account.profile;
  return { username, name, email };
}
