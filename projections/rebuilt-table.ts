import { liveAccountEvents, rebuildAccountEvents } from './account-events.ts';
import { liveTables, rebuildTables } from './lookups.ts';
import type { KeyedTable } from './table-chunks.ts';

/** A table that a rebuild makes anew. */
export interface RebuiltTable extends KeyedTable {
  /** As it is called while it stands beside the live one. */
  readonly beside: string;
  /** What must be the same in two read models of one history: positions are a store's own (I6). */
  readonly business: readonly string[];
}

const keys: RebuiltTable = {
  name: liveTables.keys,
  beside: rebuildTables.keys,
  key: ['kind', 'key'],
  before: ['', ''],
  columns: ['kind', 'key', 'account_id'],
  business: ['kind', 'key', 'account_id'],
};
const accounts: RebuiltTable = {
  name: liveTables.accounts,
  beside: rebuildTables.accounts,
  key: ['account_id'],
  before: [''],
  columns: ['account_id', 'status', 'revision'],
  business: ['account_id', 'status', 'revision'],
};
const eventColumns = ['stream', 'revision', 'id', 'type', 'data', 'metadata'];
const accountEvents: RebuiltTable = {
  name: liveAccountEvents,
  beside: rebuildAccountEvents,
  key: ['stream', 'revision'],
  before: ['', -1],
  columns: [...eventColumns, 'position'],
  business: eventColumns,
};

/** `alsoEvents`: the accounts' events are kept beside the lookups. */
export const rebuiltTables = (alsoEvents: boolean): readonly RebuiltTable[] =>
  alsoEvents ? [keys, accounts, accountEvents] : [keys, accounts];
