import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { newestAccountPosition, newestEvents } from '../../commands/newest-events.ts';
import { accountIdOf } from '../../domain/streams.ts';
import { askedAudit, passesAudit } from '../audit-filter.server.ts';
import { auditedFact } from '../audited-account.server.ts';
import { requireAuditor, requireView } from '../auditor.server.ts';
import { AuditNewestPage } from '../pages/audit-newest-page.tsx';
import { auditAddress } from '../pages/audit-filter.ts';
import { auditText } from '../pages/audit-text.ts';
import { pageTitle } from '../page-title.ts';

export const meta: MetaFunction = () => pageTitle(auditText.events.title);

const PAGE = 50;
const path = '/audit/newest';

/** What happened last, over all accounts: for a view that the edge wrote down (H12). */
export async function loader({ context, request }: LoaderFunctionArgs) {
  await requireAuditor(context, request);
  const view = requireView(context);
  const asked = askedAudit(new URL(request.url).searchParams);
  if (!asked) throw new Response(null, { status: 400 });
  const { filter, errors, before } = asked;
  const wrong = Object.keys(errors).length > 0;
  // Read first: what comes meanwhile is told by the feed, and shown twice rather than not.
  const level = String(await newestAccountPosition(context.services));
  const found = await newestEvents(context.services, view, {
    before,
    most: PAGE,
    wanted: (event) => !wrong && passesAudit(event, filter),
  });
  const isMore = !wrong && found.before !== undefined;
  const older = isMore ? auditAddress(path, filter, { before: String(found.before) }) : undefined;
  return data(
    {
      facts: found.events.map((entry) => ({
        position: String(entry.recorded.position),
        accountId: accountIdOf(entry.recorded.stream) ?? '',
        fact: auditedFact(context, entry),
      })),
      filter,
      errors,
      now: context.at.toISOString(),
      level: before === undefined && !wrong ? level : undefined,
      newest: before === undefined ? undefined : auditAddress(path, filter),
      older,
    },
    { status: wrong ? 400 : 200 },
  );
}

export default function AuditNewest() {
  return <AuditNewestPage {...useLoaderData<typeof loader>()} />;
}
