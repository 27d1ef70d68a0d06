import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { passwordOf } from '../../domain/account/account-methods.ts';
import { leavesAWayIn } from '../../domain/account/usable-way-in.ts';
import { orTryAgain } from '../answers.server.ts';
import { fieldText } from '../form-fields.server.ts';
import {
  answerPasswordForm,
  checkPasswordForm,
  type PasswordAnswer,
} from '../password-form.server.ts';
import { PasswordSettingsPage } from '../pages/password-settings-page.tsx';
import { passwordSettingsText } from '../pages/password-settings-text.ts';
import { pageTitle } from '../page-title.ts';
import { personOf } from '../person.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireFreshProof, requireSignedIn, requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(passwordSettingsText.title);

const page = '/settings/password';
const intents = z.enum(['set', 'change', 'remove']);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const password = passwordOf(viewer.account);
  const configured = context.settings.providers.map(({ name }) => name);
  const { username } = await personOf(context, viewer);
  return {
    csrf: await context.csrf.token(),
    username,
    passwordSetAt: password?.addedAt ?? null,
    removable: leavesAWayIn(viewer.account, { kind: 'password' }, configured),
    passwordMinLength: context.settings.passwordMinLength,
    now: context.at.toISOString(),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  return orTryAgain(context, {}, async () => {
    const asker = await requireSignedIn(context, request);
    await requireCsrf(context, form);
    const parsed = intents.safeParse(fieldText(form, 'intent'));
    if (!parsed.success) throw new Response(null, { status: 400 });
    const intent = parsed.data;
    const { username, email } = await personOf(context, asker);
    const wrong = checkPasswordForm(context, form, { intent, username, email: email ?? '' });
    if (wrong) return wrong;
    // The current password in the form is the proof; a first password has none to ask for.
    if (intent === 'set') await requireFreshProof(context, asker, page);

    const answer = await answerPasswordForm(context, asker, { intent, form });
    if (answer) return answer;
    context.cookies.flash.set(`password-${intent}`);
    return redirect(page, 303);
  });
}

export default function Password() {
  const { csrf, ...rest } = useLoaderData<typeof loader>();
  const answer: Partial<PasswordAnswer> | undefined = useActionData<typeof action>();
  return <PasswordSettingsPage state={{ csrf, ...answer }} intent={answer?.intent} {...rest} />;
}
