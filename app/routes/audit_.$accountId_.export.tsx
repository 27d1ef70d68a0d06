import type { LoaderFunctionArgs } from '@remix-run/node';
import { auditedCsv, auditedJson } from '../../commands/export-audited.ts';
import { askedAudit, type AskedAudit } from '../audit-filter.server.ts';
import { readAudited } from '../audited-account.server.ts';
import { requireAuditor, requireLook } from '../auditor.server.ts';
import { download } from '../download.server.ts';

/** What an auditor sees of one account, as a file: for a look that the edge wrote down as an export (H12). */
export async function loader({ context, request }: LoaderFunctionArgs) {
  await requireAuditor(context, request);
  const look = requireLook(context);
  const { format, asked } = askedCopy(new URL(request.url).searchParams);
  const { state, found } = await readAudited(context, look, asked);
  const at = context.at.toISOString();
  const fileName = `latchkey-audit-${state.accountId}-${at.slice(0, 10)}.${format}`;
  const { accountId, status } = state;
  const copy = { accountId, status, at, filter: { ...asked.filter } };
  return format === 'csv'
    ? download({ type: 'text/csv', fileName, pieces: steadily(auditedCsv(found)) })
    : download({ type: 'application/json', fileName, pieces: steadily(auditedJson(copy, found)) });
}

function askedCopy(search: URLSearchParams): { format: 'csv' | 'json'; asked: AskedAudit } {
  const format = search.get('format');
  const asked = askedAudit(search);
  const known = format === 'csv' || format === 'json';
  if (!known || !asked || Object.keys(asked.errors).length > 0) {
    throw new Response(null, { status: 400 });
  }
  return { format, asked };
}

async function* steadily(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}
