import { cell } from './export-csv.ts';
import type { HistoryEntry } from './history-entry.ts';

const columns = [
  'revision',
  'at',
  'by',
  'event',
  'provider',
  'detail',
  'event id',
  'chain',
] as const;

/** An event as an auditor's copy tells it: no claim keys, and nothing that is sealed. */
const factsOf = ({ recorded, event }: HistoryEntry) => {
  const method = event.type === 'UserRegistered' ? event.method : event;
  return {
    revision: recorded.revision,
    at: recorded.metadata.at,
    by: recorded.metadata.actor,
    event: event.type,
    provider: 'provider' in method ? method.provider : undefined,
    detail: detailOf(event),
    'event id': recorded.id,
    chain: recorded.metadata.chain,
  };
};

function detailOf(event: HistoryEntry['event']): string | undefined {
  if ('reason' in event) return event.reason;
  if ('outcome' in event) return event.outcome;
  if ('role' in event) return event.role;
  return 'eraseAt' in event ? event.eraseAt : undefined;
}

/** The events as CSV: RFC 4180, UTF-8 with a mark so that spreadsheets know it, and no cell a formula. */
export function* auditedCsv(events: readonly HistoryEntry[]): Generator<string> {
  yield `\uFEFF${line(columns)}`;
  for (const entry of events) {
    const row = factsOf(entry);
    yield line(columns.map((column) => String(row[column] ?? '')));
  }
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

export interface AuditedCopy {
  readonly accountId: string;
  readonly status: string;
  /** ISO 8601. */
  readonly at: string;
  /** What the events were narrowed to. */
  readonly filter: Readonly<Record<string, string>>;
}

/** The same as one JSON document. */
export function* auditedJson(
  copy: AuditedCopy,
  events: readonly HistoryEntry[],
): Generator<string> {
  const head = JSON.stringify({ schema: 'latchkey-audit', version: 1, ...copy });
  yield `${head.slice(0, -1)},"events":[`;
  for (const [index, entry] of events.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(factsOf(entry))}`;
  }
  yield '\n]}\n';
}
