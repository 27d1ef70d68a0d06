import type { Activity } from '../vault/vault.ts';
import type { AppContext } from './context.ts';
import { deviceOf } from './device.server.ts';
import { FactReader } from './history-facts.server.ts';
import type { HistoryAttempt, HistoryEntry } from './pages/history-entry.ts';
import type { Viewer } from '../commands/guard.ts';
import { providerLabel } from './ways-in.server.ts';

const MOST_ACTIVITY = 1_000;

/**
 * The account's facts, newest first in the order of their revisions, and beside them what changed nothing. Clocks may
 * be wrong: an attempt stands before the first fact that is not younger, and no fact ever changes its place (F22).
 */
export async function historyEntries(
  context: AppContext,
  { session }: Viewer,
): Promise<readonly HistoryEntry[]> {
  const { deps, shownAccounts } = context.services;
  const [facts, activity] = await Promise.all([
    shownAccounts.history(session.accountId),
    deps.vault.activity.list(session.accountId, MOST_ACTIVITY),
  ]);
  const reader = new FactReader(context, facts);
  const attempts = activity.map((entry) => attemptOf(context, entry));
  const entries: HistoryEntry[] = [];
  let next = 0;
  for (const fact of facts.toReversed()) {
    for (; (attempts[next]?.at ?? '') > fact.at; next += 1) {
      entries.push(...attempts.slice(next, next + 1));
    }
    entries.push(reader.entryOf(fact));
  }
  return [...entries, ...attempts.slice(next)];
}

function attemptOf(context: AppContext, entry: Activity): HistoryAttempt {
  const { activityId, kind, at, method, device } = entry;
  const way =
    method?.kind === 'identity'
      ? { kind: 'provider' as const, name: providerLabel(context, method.provider) }
      : method;
  return {
    kind: 'attempt',
    activityId,
    at: at.toISOString(),
    activity: kind,
    way,
    from: deviceOf(device),
  };
}
