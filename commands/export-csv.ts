import type { AccountEvent, IdentityProfile } from '../domain/account/events.ts';
import type { Deps } from './deps.ts';
import { readOpened, type OpenedEvent } from './read-opened.ts';

const columns = [
  'revision',
  'at',
  'by',
  'event',
  'provider',
  'reason',
  'email',
  'username',
  'name',
  'handle',
  'address',
  'browser',
  'event id',
  'chain',
] as const;
type Column = (typeof columns)[number];

/**
 * An account's history as CSV, row by row: RFC 4180, UTF-8 with a mark so that spreadsheets know it. No cell is a
 * formula, whatever a browser or a provider called itself (ASVS 1.2.10). Throws what `readOpened` throws.
 */
export async function* exportCsv(
  deps: Pick<Deps, 'store' | 'vault'>,
  accountId: string,
): AsyncGenerator<string> {
  yield '\uFEFF' + line(columns);
  for await (const opened of readOpened(deps, accountId)) {
    const row = rowOf(opened);
    yield line(columns.map((column) => row[column] ?? ''));
  }
}

function rowOf({ recorded, event }: OpenedEvent): Partial<Record<Column, string>> {
  const { revision, id, type, metadata } = recorded;
  const { at, actor, chain } = metadata;
  return {
    revision: String(revision),
    at,
    by: actor,
    event: type,
    ...clearOf(event),
    ...personalOf(event),
    'event id': id,
    chain,
  };
}

function clearOf(event: AccountEvent): Partial<Record<Column, string>> {
  const method = event.type === 'UserRegistered' ? event.method : event;
  return {
    ...('provider' in method && { provider: method.provider }),
    ...('reason' in event && { reason: event.reason }),
    ...('outcome' in event && { reason: event.outcome }),
    ...('role' in event && { reason: event.role }),
  };
}

function personalOf({ personal }: AccountEvent): Partial<Record<Column, string>> {
  if (personal === 'erased' || personal === 'closed') return {};
  const said = 'identity' in personal ? saidBy(personal.identity) : {};
  const from = 'from' in personal ? personal.from : undefined;
  return {
    ...said,
    ...('email' in personal && { email: personal.email ?? '' }),
    ...('username' in personal && { username: personal.username }),
    ...('name' in personal && { name: personal.name }),
    address: from?.ip ?? '',
    browser: from?.userAgent ?? '',
  };
}

const saidBy = (identity: IdentityProfile | undefined): Partial<Record<Column, string>> => ({
  email: identity?.email ?? '',
  name: identity?.name ?? '',
  handle: identity?.handle ?? '',
});

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** What a spreadsheet takes for the begin of a formula, in full width too (OWASP, CSV injection). */
const formula = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^\p{Cc}/u;

/** Always quoted, and with an apostrophe before what would be a formula. */
export const cell = (text: string): string =>
  `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
