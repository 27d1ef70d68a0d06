import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readPending } from '../../commands/answer-pending.ts';
import { orTryAgain, type FormAnswer } from '../answers.server.ts';
import { confirmView } from '../confirm-view.server.ts';
import { answerConfirm } from '../confirm.server.ts';
import { fieldText } from '../form-fields.server.ts';
import { ConfirmOverPage, ConfirmPage } from '../pages/confirm-page.tsx';
import type { ConfirmField } from '../pages/confirm-create.tsx';
import { confirmText } from '../pages/confirm-text.ts';
import { pageTitle } from '../page-title.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { ownerOf } from '../round-trip.server.ts';
import { typedValues } from '../form-fields.server.ts';

export const meta: MetaFunction = () => pageTitle(confirmText.title);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const id = new URL(request.url).searchParams.get('pending') ?? '';
  const pending = await readPending(context.services.deps, id, await ownerOf(context));
  const signedIn = (await context.session()) !== undefined;
  if (!pending) return data({ shown: null, signedIn }, { status: 404 });
  return data({ shown: await confirmView(context, pending), signedIn });
}

/** One form, five answers; the row says which of them may be given, by whom, and that only one is (H5). */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  await requireCsrf(context, form);
  const id = fieldText(form, 'pending');
  const pending = await readPending(context.services.deps, id, await ownerOf(context));
  if (!pending) return redirect('/auth/confirm', 303);
  const typed = typedValues(form, ['username', 'email', 'name']);
  const answer = await orTryAgain<Awaited<ReturnType<typeof answerConfirm>>, ConfirmField>(
    context,
    typed,
    () => answerConfirm(context, request, { pending, form }),
  );
  if (!('data' in answer)) return answer;
  // The question again, wherever the form was sent to: the address may not name it.
  return data({ ...answer.data, shown: await confirmView(context, pending) }, answer.init ?? {});
}

export default function Confirm() {
  const { signedIn, ...loaded } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const answer: FormAnswer<ConfirmField> | undefined = answered;
  const shown = answered?.shown ?? loaded.shown;
  if (!shown) return <ConfirmOverPage signedIn={signedIn} />;
  const { csrf, values, ...rest } = shown;
  const { alert, errors, values: typed } = answer ?? {};
  return <ConfirmPage state={{ csrf, values: typed ?? values, errors, alert }} {...rest} />;
}
