import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { signIn } from '../../commands/sign-in.ts';
import { badFields, badForm, limitedForm, orTryAgain } from '../answers.server.ts';
import { enter } from '../enter.server.ts';
import { fieldText, hasErrors, typedValues } from '../form-fields.server.ts';
import { ProviderButtons } from '../components/provider-buttons.tsx';
import { LoginPage } from '../pages/login-page.tsx';
import { loginText } from '../pages/login-text.ts';
import { pageTitle } from '../page-title.ts';
import { providerChoices } from '../provider-choices.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { bySignInForm } from '../sign-in-form.server.ts';
import { askingOf } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(loginText.title);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const redirectTo = context.redirectTo(searchParams.get('redirectTo'));
  const leadsOn = !context.sendsForm && (await context.viewer()) !== undefined;
  if (leadsOn) throw redirect(redirectTo ?? '/', 303);
  const providers = providerChoices(context);
  return { csrf: await context.csrf.token('anonymous'), redirectTo, providers };
}

export const action = ({ context, request }: ActionFunctionArgs) =>
  bySignInForm(request, async (form) => {
    await requireCsrf(context, form, 'anonymous');
    const typed = typedValues(form, ['identifier']);
    const errors = missing(form);
    if (hasErrors(errors)) return badFields(typed, errors);

    return orTryAgain(context, typed, async () => {
      const answer = await signIn(context.services.deps, {
        ...askingOf(context),
        identifier: fieldText(form, 'identifier'),
        password: fieldText(form, 'password'),
      });
      if (answer.ok) {
        return enter(context, answer, context.redirectTo(form.get('redirectTo')) ?? '/');
      }
      if (answer.why === 'limited') return limitedForm(typed, answer);
      return badForm(typed, loginText.refused);
    });
  });

function missing(form: FormData): Partial<Record<'identifier' | 'password', string>> {
  const errors: Partial<Record<'identifier' | 'password', string>> = {};
  if (fieldText(form, 'identifier').trim() === '') errors.identifier = loginText.errors.identifier;
  if (fieldText(form, 'password') === '') errors.password = loginText.errors.password;
  return errors;
}

export default function Login() {
  const { csrf, redirectTo, providers } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const buttons = { providers, csrf, redirectTo, intent: 'continue' } as const;
  return (
    <LoginPage
      state={{ csrf, ...answer }}
      redirectTo={redirectTo}
      providers={providers.length > 0 && <ProviderButtons {...buttons} />}
    />
  );
}
