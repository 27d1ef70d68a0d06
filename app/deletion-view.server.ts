import { livingSessions } from '../commands/living-sessions.ts';
import { revisionOf } from '../commands/load-account.ts';
import type { Viewer } from '../commands/guard.ts';
import { passwordOf } from '../domain/account/account-methods.ts';
import type { ClosingAccount } from '../domain/account/account.ts';
import type { MethodRef } from '../domain/account/events.ts';
import type { AppContext } from './context.ts';
import { deviceOf } from './device.server.ts';
import type { AskedFor, ClosingPageProps } from './pages/closing-page.tsx';
import type { DeletePageProps } from './pages/delete-page.tsx';
import type { DeletionReceipt } from './pages/deletion-receipt-page.tsx';
import type { Way } from './pages/device-text.ts';
import type { WayIn } from './pages/home-page.tsx';
import { personOf } from './person.server.ts';
import { providerLabel, waysInOf } from './ways-in.server.ts';

const DAY_MS = 86_400_000;
const MOST_ACTIVITY = 10_000;

/** What an open account would lose, and what would stay. */
export async function deletionView(
  context: AppContext,
  viewer: Viewer,
): Promise<Omit<DeletePageProps, 'state'>> {
  const { accountId } = viewer.session;
  const { services, settings, at } = context;
  const { vault } = services.deps;
  const [{ username }, ways, loaded, sessions, activity, tokens] = await Promise.all([
    personOf(context, viewer),
    waysInOf(context, viewer),
    services.shownAccounts.load(accountId),
    livingSessions(services.deps, { accountId, account: viewer.account }, at),
    vault.activity.list(accountId, MOST_ACTIVITY),
    vault.tokens.ownersOf(accountId),
  ]);
  const revocable = new Set(tokens.map(({ provider }) => provider));
  const providers = viewer.account.methods.flatMap((method) =>
    method.kind === 'identity' ? [method.provider] : [],
  );
  const { deleteGraceDays: graceDays } = settings;
  return {
    username,
    hasPassword: passwordOf(viewer.account) !== undefined,
    graceDays,
    eraseAt: new Date(at.getTime() + graceDays * DAY_MS).toISOString(),
    ways: ways.map(({ way }) => way),
    counts: {
      facts: revisionOf(loaded) + 1,
      sessions: sessions.length,
      activity: activity.length,
    },
    elsewhere: [...new Set(providers)].map((provider) => ({
      name: providerLabel(context, provider),
      revocable: revocable.has(provider),
    })),
  };
}

/** Whose account is closing, and who asked for it. */
export async function closingView(
  context: AppContext,
  viewer: Viewer,
  account: ClosingAccount,
): Promise<Omit<ClosingPageProps, 'state' | 'intent'>> {
  const { username } = await personOf(context, viewer);
  const hasPassword = passwordOf(account) !== undefined;
  return { username, hasPassword, asked: await askedFor(context, viewer, account) };
}

/** When the deletion was asked for, by which way in, and from where. */
export async function askedFor(
  context: AppContext,
  viewer: Viewer,
  account: ClosingAccount,
): Promise<AskedFor> {
  const [ways, history] = await Promise.all([
    waysInOf(context, viewer),
    context.services.deps.accounts.history(viewer.session.accountId),
  ]);
  const request = history.findLast(({ event }) => event.type === 'DeletionRequested')?.event;
  const opened = request?.type === 'DeletionRequested' ? request.personal : 'closed';
  const from = typeof opened === 'string' || !opened.from ? null : deviceOf(opened.from);
  const { deletionRequestedAt: at, deletionRequestedBy: by, eraseAt } = account;
  return { at, eraseAt, way: by && wayOfRef(context, ways, by), from };
}

/** A closing account keeps its ways in, so the one that asked is among them, but for logs older than that word. */
function wayOfRef(context: AppContext, ways: readonly WayIn[], ref: MethodRef): Way {
  if (ref.kind === 'password') return { kind: 'password' };
  const known = ways.find(({ id }) => id === ref.identityId)?.way;
  return known ?? { kind: 'provider', name: providerLabel(context, ref.provider) };
}

/** What became of the deletion this browser asked for; undefined where it asked for none. */
export async function receiptView(context: AppContext): Promise<DeletionReceipt | undefined> {
  const accountId = context.cookies.receipt.read();
  if (accountId === undefined) return undefined;
  const { deps } = context.services;
  const [loaded, history, listed] = await Promise.all([
    deps.accounts.load(accountId),
    deps.accounts.history(accountId),
    deps.erased.find(accountId),
  ]);
  const { account } = loaded;
  const facts = revisionOf(loaded) + 1;
  const known = { accountId, facts, grants: [] };
  if (account.status === 'absent') return undefined;
  if (account.status === 'active') return { ...known, state: 'kept' };
  if (account.status === 'closing') {
    const { deletionRequestedAt: askedAt, eraseAt } = account;
    return { ...known, state: 'closing', askedAt, eraseAt };
  }
  const asked = history.findLast(({ event }) => event.type === 'DeletionRequested');
  const grants = history.flatMap(({ event }) =>
    event.type === 'GrantRevoked'
      ? [{ name: providerLabel(context, event.provider), outcome: event.outcome }]
      : [],
  );
  const { deletedAt } = account;
  const erasedAt = listed?.erasedAt;
  const state = erasedAt === undefined ? 'erasing' : 'erased';
  return { ...known, state, grants, askedAt: asked?.at, deletedAt, erasedAt };
}
