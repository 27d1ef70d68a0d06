import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { recoverPassword, recoveryLinkOpens } from '../../commands/recover-password.ts';
import { badFields, limitedForm, orTryAgain, refusedForm } from '../answers.server.ts';
import { enter } from '../enter.server.ts';
import { fieldText, hasErrors, newPasswordErrors } from '../form-fields.server.ts';
import { RecoverOverPage, RecoverPage } from '../pages/recover-page.tsx';
import { recoverText } from '../pages/recover-text.ts';
import { pageTitle } from '../page-title.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { askingOf } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(recoverText.title);

/** The address holds the token: nothing this page leads to may learn it (ASVS 14.2.1). */
export const headers = () => ({ 'Referrer-Policy': 'no-referrer' });

export async function loader({ context, params }: LoaderFunctionArgs) {
  const person = await recoveryLinkOpens(context.services.deps, params['token'] ?? '');
  const shown = {
    username: person?.username,
    csrf: await context.csrf.token(),
    passwordMinLength: context.settings.passwordMinLength,
  };
  return data(shown, { status: person ? 200 : 404 });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await request.formData();
  await requireCsrf(context, form);
  const names = { password: 'newPassword', confirm: 'newPasswordConfirm' };
  const person = await recoveryLinkOpens(context.services.deps, params['token'] ?? '');
  const { username = '', email } = person ?? {};
  const about = { username, email: email ?? '' };
  const errors = newPasswordErrors(context, form, { ...names, ...about });
  if (hasErrors(errors)) return badFields({}, errors);

  return orTryAgain(context, {}, async () => {
    const answer = await recoverPassword(context.services.deps, askingOf(context), {
      token: params['token'] ?? '',
      password: fieldText(form, 'newPassword'),
    });
    if (answer.ok) {
      context.cookies.flash.set('recovered');
      return enter(context, answer, '/');
    }
    if (answer.why === 'limited') return limitedForm({}, answer);
    if (answer.why === 'link-gone') return badFields({}, {});
    return refusedForm({}, answer);
  });
}

export default function Recover() {
  const { username, csrf, passwordMinLength } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (username === undefined) return <RecoverOverPage />;
  const state = { csrf, ...answer };
  return <RecoverPage state={state} username={username} passwordMinLength={passwordMinLength} />;
}
