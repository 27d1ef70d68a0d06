import type { HistoryEntry } from '../commands/history-entry.ts';
import { namedAccount } from './named-account.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/** What happened to an account, oldest first, personal parts opened as their owner sees them. */
export async function history({ argument, open }: Call): Promise<VerbAnswer> {
  const { deps } = await open();
  const { accountId, account } = await namedAccount(deps, argument);
  const entries = await deps.accounts.history(accountId);
  return {
    text: [`account ${accountId}, ${account.status}`, ...entries.map(lineOf)].join('\n'),
    json: { accountId, status: account.status, events: entries.map(documentOf) },
  };
}

const documentOf = ({ recorded, event }: HistoryEntry) => {
  const { type, personal, ...clear } = event;
  const { id, revision, metadata } = recorded;
  return { revision, id, type, ...metadata, data: clear, personal };
};

const lineOf = (entry: HistoryEntry): string => {
  const { revision, at, recorded, event } = entry;
  const told = typeof event.personal === 'string' ? event.personal : toldOf(event.personal);
  const head = `${String(revision).padStart(4)}  ${at}  ${recorded.metadata.actor.padEnd(8)}`;
  return `${head}  ${event.type}${told && `  ${told}`}`;
};

const toldOf = (personal: object): string =>
  Object.entries(personal)
    .filter(([name, value]) => name !== 'from' && value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');
