import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { reauthenticate } from '../../commands/reauthenticate.ts';
import { passwordOf } from '../../domain/account/account-methods.ts';
import { badFields, limitedForm, orTryAgain } from '../answers.server.ts';
import { carryOn } from '../enter.server.ts';
import { fieldText } from '../form-fields.server.ts';
import { personOf } from '../person.server.ts';
import { ReauthPage } from '../pages/reauth-page.tsx';
import { reauthText, type ReauthPurpose } from '../pages/reauth-text.ts';
import { pageTitle } from '../page-title.ts';
import { reauthProofs } from '../provider-choices.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireSignedInOrClosing, requireViewerOrClosing } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(reauthText.title);

const purposes: Readonly<Record<string, ReauthPurpose>> = {
  '/settings': 'change-profile',
  '/settings/password': 'change-password',
  '/settings/connections': 'change-ways-in',
  '/audit': 'search-accounts',
  '/settings/history': 'read-history',
  '/auth/confirm': 'change-ways-in',
  '/settings/your-data': 'export',
  '/settings/delete': 'delete-account',
};
const purposeOf = (page: string) => purposes[page.split('?')[0] ?? page] ?? 'go-on';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewerOrClosing(context, request);
  const asked = context.formPage(new URL(request.url).searchParams.get('redirectTo'));
  const redirectTo = asked ?? '/settings';
  const { username } = await personOf(context, viewer);
  return {
    csrf: await context.csrf.token(),
    redirectTo,
    username,
    purpose: purposeOf(redirectTo),
    hasPassword: passwordOf(viewer.account) !== undefined,
    proofs: reauthProofs(context, viewer.account),
  };
}

/** Proves presence, and runs nothing else: the form that asked for it is shown again (H6). */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const password = fieldText(form, 'currentPassword');
  const { missing, wrong } = reauthText.errors.currentPassword;
  return orTryAgain(context, {}, async () => {
    const asker = await requireSignedInOrClosing(context, request);
    await requireCsrf(context, form);
    if (password === '') return badFields({}, { currentPassword: missing });
    const answer = await reauthenticate(context.services.deps, asker, password);
    if (answer.ok) {
      carryOn(context, answer.issued);
      return redirect(context.formPage(form.get('redirectTo')) ?? '/settings', 303);
    }
    if (answer.why === 'limited') return limitedForm({}, answer);
    return badFields({}, { currentPassword: wrong });
  });
}

export default function Reauth() {
  const { csrf, ...rest } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <ReauthPage state={{ csrf, ...answer }} {...rest} />;
}
