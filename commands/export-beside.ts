import type { z } from 'zod';
import type { LivingAccount } from '../domain/account/account.ts';
import type { MethodRef } from '../domain/account/events.ts';
import { auditEvent } from '../domain/audit.ts';
import { auditStream } from '../domain/streams.ts';
import type { SessionMethod } from '../vault/vault.ts';
import type { Deps } from './deps.ts';
import { livingSessions } from './living-sessions.ts';
import type { exportedActivity, exportedSession, exportedToken } from './export-document.ts';

/** What an export holds beside the history: the vault's rows of an account, which no chain covers. */

const MOST_ACTIVITY = 10_000;

/** The sessions that are alive: those that a later event ended are none any more. */
export async function sessionsOf(
  { vault, clock }: Pick<Deps, 'vault' | 'clock'>,
  accountId: string,
  account: LivingAccount,
): Promise<z.infer<typeof exportedSession>[]> {
  const alive = await livingSessions({ vault }, { accountId, account }, clock());
  return alive.map(({ sessionId, method, startedAt, lastSeenAt, reauthenticated, device }) => ({
    sessionId,
    way: wayOf(method),
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    reauthenticatedAt: reauthenticated?.at.toISOString() ?? null,
    device,
  }));
}

/** Scopes and dates; the tokens themselves leave the vault for their provider only. */
export async function tokensOf(
  { vault }: Pick<Deps, 'vault'>,
  accountId: string,
  { methods }: LivingAccount,
): Promise<z.infer<typeof exportedToken>[]> {
  const tokens: z.infer<typeof exportedToken>[] = [];
  for (const method of methods) {
    if (method.kind !== 'identity') continue;
    const { provider, identityId } = method;
    const kept = await vault.tokens.get({ accountId, provider, identityId });
    if (!kept) continue;
    const expiresAt = kept.expiresAt?.toISOString() ?? null;
    tokens.push({ provider, identityId, scopes: [...kept.scopes], expiresAt });
  }
  return tokens;
}

/** Newest first: sign-ins, refused attempts and the rest of the last 90 days. */
export async function activityOf(
  { vault }: Pick<Deps, 'vault'>,
  accountId: string,
): Promise<z.infer<typeof exportedActivity>[]> {
  const all = await vault.activity.list(accountId, MOST_ACTIVITY);
  return all.map(({ at, kind, method, device }) => ({
    at: at.toISOString(),
    kind,
    way: method && wayOf(method),
    device,
  }));
}

/** When an auditor looked at this account; not which one. */
export async function* looksAt(
  { store }: Pick<Deps, 'store'>,
  accountId: string,
): AsyncGenerator<{ readonly at: string }> {
  for await (const { type, data, metadata } of store.read(auditStream(accountId))) {
    const event = auditEvent.parse({ ...data, type });
    if (event.type === 'AccountViewed') yield { at: metadata.at };
  }
}

const wayOf = (method: MethodRef | SessionMethod): string =>
  method.kind === 'password' ? 'password' : method.provider;
