import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { freshlyProved, weaklyProvedFor } from '../../commands/guard.ts';
import { searchAccount } from '../../commands/search-account.ts';
import { badFields, limitedForm, orTryAgain, type FormAnswer } from '../answers.server.ts';
import { readSearch, searchChoices } from '../audit-search.server.ts';
import { auditStanding } from '../audit-standing.server.ts';
import { nothingHere, requireAuditor } from '../auditor.server.ts';
import { typedValues } from '../form-fields.server.ts';
import { AuditSearchPage, type SearchField } from '../pages/audit-search-page.tsx';
import { auditText } from '../pages/audit-text.ts';
import { pageTitle } from '../page-title.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireFreshProof } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(auditText.search.title);

const page = '/audit';

/** The form, and where the lookups stand. Nothing of anybody stands here, so nothing is written down. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { session } = await requireAuditor(context, request);
  const { sessionId } = session;
  const proved = freshlyProved(session, context.at) || weaklyProvedFor(session, page, context.at);
  const typed = proved ? context.cookies.typed.take({ sessionId, page }) : undefined;
  return {
    csrf: await context.csrf.token(),
    values: typed,
    choices: searchChoices(context),
    standing: await auditStanding(context),
  };
}

/** One account, found by the whole of what it is known by. Asks for a fresh proof, and is never done by a GET (H12). */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = typedValues(form, ['by', 'value']);
  return orTryAgain(context, typed, async () => {
    const asker = await requireAuditor(context, request);
    await requireCsrf(context, form);
    const read = readSearch(context, typed);
    if (!read.ok) return badFields(typed, read.errors);

    if (!freshlyProved(asker.session, context.at)) {
      context.cookies.typed.keep({ sessionId: asker.session.sessionId, page }, typed);
    }
    await requireFreshProof(context, asker, page);
    const answer = await searchAccount(context.services.deps, asker, read.search);
    if (answer.ok && answer.found) return redirect(`/audit/${answer.found.accountId}`, 303);
    if (answer.ok) return nobody(typed);
    if (answer.why === 'limited') return limitedForm(typed, answer);
    throw nothingHere();
  });
}

const nobody = (values: Partial<Record<SearchField, string>>) =>
  data<FormAnswer<SearchField>>({
    values,
    alert: { tone: 'warning', text: auditText.search.nobody },
  });

export default function Audit() {
  const { csrf, values, choices, standing } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const alert = values && ({ tone: 'warning', text: auditText.search.waited } as const);
  const state = { csrf, values, alert, ...answer };
  return <AuditSearchPage state={state} choices={choices} standing={standing} />;
}
