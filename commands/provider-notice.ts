import { closeAtProvider } from '../domain/account/close-at-provider.ts';
import { identityOf } from '../domain/account/account-methods.ts';
import { broughtIdentity } from '../domain/account/brought-identity.ts';
import { identityValue } from '../domain/identity.ts';
import { faultCode } from '../eventstore/event-store.ts';
import type { Provider } from '../providers/provider.ts';
import type { Notice, NoticeKind } from '../vault/vault-notices.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import { accountHolding, livingOwner } from './sign-in.ts';

export interface Told {
  readonly provider: Provider;
  readonly kind: NoticeKind;
  /** As it came: nobody else's word counts. */
  readonly signed: string;
  readonly requestId: string;
}

/**
 * Takes what a provider tells us by itself: checked, noted, carried out once, and answered with a code by which anybody
 * who has it can ask what became of it. Whoever it is about, known here or not, the answer is the same. Undefined for
 * what the provider did not sign just now. What cannot be carried out at once, the sweep does later.
 */
export async function takeNotice(
  deps: Deps,
  { provider, kind, signed, requestId }: Told,
): Promise<{ readonly code: string } | undefined> {
  const read = provider.readNotice?.(signed, deps.clock());
  if (!read) return undefined;
  const { signature, ...about } = read;
  const notice: Notice = { provider: provider.name, kind, ...about };
  const { code, undone } = await deps.vault.notices.receive(notice, signature, deps.clock());
  if (undone) {
    await carryOut(deps, { ...notice, code }, requestId).catch((error: unknown) =>
      deps.report({ what: 'carrying-out-notice', error }),
    );
  }
  return { code };
}

/** Carries out what an earlier process, or a log that was away, left undone; one that fails does not stop the others. */
export async function carryOutNotices(deps: Deps, requestId: string): Promise<void> {
  for (const notice of await deps.vault.notices.undone(MOST)) {
    try {
      await carryOut(deps, notice, requestId);
    } catch (error) {
      if (faultCode(error) === 'unavailable') throw error;
      deps.report({ what: 'carrying-out-notice', error });
    }
  }
}

const MOST = 100;

async function carryOut(
  deps: Deps,
  notice: Notice & { readonly code: string },
  requestId: string,
): Promise<void> {
  const provider = deps.providers.get(notice.provider);
  if (provider) await close(deps, { provider, notice, requestId });
  await deps.vault.notices.finish(notice.code, deps.clock());
}

async function close(
  deps: Deps,
  {
    provider,
    notice,
    requestId,
  }: { readonly provider: Provider; readonly notice: Notice; readonly requestId: string },
): Promise<void> {
  const { subject, issuedAt } = notice;
  const identityId = deps.keyOf('identity', identityValue({ issuer: provider.issuer, subject }));
  const claim = { kind: 'identity', key: identityId } as const;
  const holder = await accountHolding(deps, claim);
  const account = holder && livingOwner(holder, claim);
  const method = account && identityOf(account, identityId);
  if (!method) return;
  const { accountId } = holder;
  if (issuedAt.getTime() + SECOND_MS <= (await openedAt(deps, accountId, identityId))) return;

  const { configured } = deps.policy;
  const at = deps.clock();
  const command = { provider: method.provider, identityId, configured, at: at.toISOString() };
  const outcome = await execute(deps, {
    accountId,
    cause: { actor: 'provider', requestId, at },
    decide: (now) => closeAtProvider(command, now),
  });
  if (!outcome.ok) return;
  // The event has ended them; their rows go, so that an older copy of the vault revives none.
  if (outcome.events.length > 0) await deps.vault.sessions.endAll(accountId);
  await deps.vault.tokens.delete({ accountId, ...method });
}

/** Notices come in whole seconds. */
const SECOND_MS = 1_000;

/** When the identity was linked last, or opened again: what was said before that speaks of an earlier consent (H13). */
async function openedAt(deps: Deps, accountId: string, identityId: string): Promise<number> {
  let opened = 0;
  for (const { event, at } of await deps.accounts.history(accountId)) {
    const restored = event.type === 'MethodRestored' && event.identityId === identityId;
    const linked =
      event.type !== 'IdentityRefreshed' && broughtIdentity(event)?.identityId === identityId;
    if (restored || linked) opened = Date.parse(at);
  }
  return opened;
}
