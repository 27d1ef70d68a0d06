import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { askedAudit } from '../audit-filter.server.ts';
import { auditedFact, readAudited } from '../audited-account.server.ts';
import { requireAuditor, requireLook } from '../auditor.server.ts';
import { AuditAccountPage } from '../pages/audit-account-page.tsx';
import { auditAddress } from '../pages/audit-filter.ts';
import { auditText } from '../pages/audit-text.ts';
import { pageTitle } from '../page-title.ts';

export const meta: MetaFunction = () => pageTitle(auditText.account.title);

const PAGE = 50;

/** One account, newest first, fifty a page: for a look that the edge wrote down (H12). */
export async function loader({ context, request }: LoaderFunctionArgs) {
  await requireAuditor(context, request);
  const look = requireLook(context);
  const asked = askedAudit(new URL(request.url).searchParams);
  if (!asked) throw new Response(null, { status: 400 });
  const { filter, errors } = asked;
  const wrong = Object.keys(errors).length > 0;
  const { state, found } = await readAudited(context, look, asked);
  const shown = wrong ? [] : found.slice(0, PAGE);
  const path = `/audit/${state.accountId}`;
  const last = shown.at(-1);
  const isMore = !wrong && found.length > PAGE && last !== undefined;
  return data(
    {
      state,
      facts: shown.map((entry) => auditedFact(context, entry)),
      filter,
      errors,
      now: context.at.toISOString(),
      newest: asked.before === undefined ? undefined : auditAddress(path, filter),
      older: isMore ? auditAddress(path, filter, { before: String(last.revision) }) : undefined,
    },
    { status: wrong ? 400 : 200 },
  );
}

export default function AuditAccount() {
  return <AuditAccountPage {...useLoaderData<typeof loader>()} />;
}
