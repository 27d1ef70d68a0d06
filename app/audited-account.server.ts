import { auditedAccount } from '../commands/audited-account.ts';
import type { HistoryEntry } from '../commands/history-entry.ts';
import type { RecordedLook } from '../commands/look-at-account.ts';
import type { Account } from '../domain/account/account.ts';
import { passesAudit, type AskedAudit } from './audit-filter.server.ts';
import { nothingHere } from './auditor.server.ts';
import type { AppContext } from './context.ts';
import { closedTelling, factEntry } from './history-facts.server.ts';
import type { AuditedState } from './pages/audit-account-page.tsx';
import { auditText } from './pages/audit-text.ts';
import type { HistoryFact } from './pages/history-entry.ts';
import { providerLabel } from './ways-in.server.ts';

/** An account as it is now, and its events that the filter lets through, newest first; all seals shut. */
export async function readAudited(context: AppContext, look: RecordedLook, asked: AskedAudit) {
  const { accountId, account, events } = await auditedAccount(context.services.deps, look);
  if (account.status === 'absent') throw nothingHere();
  const { before = BigInt(events.length) } = asked;
  const found = events
    .filter(({ revision, recorded }) => revision < before && passesAudit(recorded, asked.filter))
    .toReversed();
  return { state: stateOf(context, accountId, { account, events }), found };
}

/** A fact as auditors read it. That it was asked from somewhere sealed stands under every one, so under none. */
export function auditedFact(context: AppContext, entry: HistoryEntry): HistoryFact {
  const telling = closedTelling((provider) => providerLabel(context, provider));
  return { ...factEntry(entry, telling), from: null };
}

function stateOf(
  context: AppContext,
  accountId: string,
  seen: {
    readonly account: Exclude<Account, { status: 'absent' }>;
    readonly events: readonly HistoryEntry[];
  },
): AuditedState {
  const { account } = seen;
  const openedAt = seen.events.find(({ event }) => event.type === 'UserRegistered')?.at;
  const { status } = account;
  const state = { accountId, status, openedAt, endsAt: undefined, ways: [], roles: [] };
  if (account.status === 'deleted') return { ...state, endsAt: account.deletedAt };
  const ways = account.methods.map((method) =>
    method.kind === 'password'
      ? { name: auditText.account.password, suspended: false }
      : { name: providerLabel(context, method.provider), suspended: method.suspended !== null },
  );
  const endsAt = account.status === 'closing' ? account.eraseAt : undefined;
  return { ...state, endsAt, ways, roles: account.roles };
}
