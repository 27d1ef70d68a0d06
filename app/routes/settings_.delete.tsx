import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { freshlyProved, weaklyProvedFor } from '../../commands/guard.ts';
import { orTryAgain } from '../answers.server.ts';
import { answerDeletion, deletionIntents, type DeletionAnswer } from '../deletion.server.ts';
import { closingView, deletionView, receiptView } from '../deletion-view.server.ts';
import { fieldText, typedValues } from '../form-fields.server.ts';
import { ClosingPage } from '../pages/closing-page.tsx';
import { DeletePage } from '../pages/delete-page.tsx';
import { deleteText } from '../pages/delete-text.ts';
import { DeletionReceiptPage } from '../pages/deletion-receipt-page.tsx';
import { pageTitle } from '../page-title.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import {
  CLOSING_PAGE,
  requireSignedInOrClosing,
  requireViewerOrClosing,
} from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(deleteText.title);

/** Open: what would go. Closing: keep it or end it. Neither: the receipt, in the browser that asked. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const receipt = (await context.viewer()) ? undefined : await receiptView(context);
  if (receipt) return { kind: 'receipt', receipt } as const;
  const viewer = await requireViewerOrClosing(context, request);
  const { account, session } = viewer;
  const proved =
    freshlyProved(session, context.at) || weaklyProvedFor(session, CLOSING_PAGE, context.at);
  const place = { sessionId: session.sessionId, page: CLOSING_PAGE };
  const values = proved ? context.cookies.typed.take(place) : undefined;
  const form = { csrf: await context.csrf.token(), values };
  if (account.status === 'closing') {
    return { kind: 'closing', form, view: await closingView(context, viewer, account) } as const;
  }
  return { kind: 'open', form, view: await deletionView(context, viewer) } as const;
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  return orTryAgain(context, typedValues(form, ['confirmation']), async () => {
    const asker = await requireSignedInOrClosing(context, request);
    await requireCsrf(context, form);
    const intent = deletionIntents.safeParse(fieldText(form, 'intent'));
    if (!intent.success) throw new Response(null, { status: 400 });
    return answerDeletion(context, asker, { intent: intent.data, form });
  });
}

export default function Delete() {
  const shown = useLoaderData<typeof loader>();
  const answer: Partial<DeletionAnswer> | undefined = useActionData<typeof action>();
  if (shown.kind === 'receipt') return <DeletionReceiptPage receipt={shown.receipt} />;
  const state = { ...shown.form, ...answer };
  return shown.kind === 'closing' ? (
    <ClosingPage state={state} intent={answer?.intent} {...shown.view} />
  ) : (
    <DeletePage state={state} {...shown.view} />
  );
}
