import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { accountIdOfOnce } from '../../commands/account-id.ts';
import { registerUser } from '../../commands/register-user.ts';
import { displayName, emailAddress, username } from '../../domain/account/form-values.ts';
import {
  type FormAnswer,
  badFields,
  badForm,
  limitedForm,
  orTryAgain,
  refusedForm,
} from '../answers.server.ts';
import { enter } from '../enter.server.ts';
import {
  checkFields,
  fieldText,
  hasErrors,
  newPasswordErrors,
  typedValues,
} from '../form-fields.server.ts';
import { ProviderButtons } from '../components/provider-buttons.tsx';
import { RegisterPage, type RegisterField } from '../pages/register-page.tsx';
import { registerText } from '../pages/register-text.ts';
import { pageTitle } from '../page-title.ts';
import { providerChoices } from '../provider-choices.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { askingOf } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(registerText.title);

const fieldOf = { 'email-taken': 'email', 'username-taken': 'username' } as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const leadsOn = !context.sendsForm && (await context.viewer()) !== undefined;
  if (leadsOn) throw redirect('/', 303);
  const { searchParams } = new URL(request.url);
  return {
    csrf: await context.csrf.token('anonymous'),
    once: context.once.mint(),
    redirectTo: context.redirectTo(searchParams.get('redirectTo')),
    passwordMinLength: context.settings.passwordMinLength,
    closed: context.settings.signUp === 'closed',
    providers: context.settings.signUp === 'open' ? providerChoices(context) : [],
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  await requireCsrf(context, form, 'anonymous');
  const fresh = typedValues(form, ['email', 'username', 'name']);
  const once = context.once.read(form.get('once'));
  if (!once.ok) return badForm(fresh, registerText.errors.again);
  // The same form sent again is the same wish: it keeps its `once`.
  const typed = { ...fresh, once: fieldText(form, 'once') };

  const shapes = { email: emailAddress, username, name: displayName };
  const { values, errors } = checkFields(form, shapes);
  const names = { password: 'password', confirm: 'passwordConfirm' };
  const wrong = { ...errors, ...newPasswordErrors(context, form, { ...names, ...values }) };
  if (hasErrors(wrong)) return badFields(typed, wrong);

  return orTryAgain(context, typed, async () => {
    const answer = await registerUser(context.services.deps, {
      ...askingOf(context),
      ...values,
      accountId: accountIdOfOnce(once.value),
      password: fieldText(form, 'password'),
    });
    if (answer.ok) {
      context.cookies.flash.set('registered', { name: values.name });
      return enter(context, answer, context.redirectTo(form.get('redirectTo')) ?? '/');
    }
    if (answer.why === 'limited') return limitedForm(typed, answer);
    const made = answer.refusals.some(({ code }) => code === 'already-registered');
    return refusedForm(made ? fresh : typed, answer, fieldOf);
  });
}

export default function Register() {
  const { csrf, once, providers, ...rest } = useLoaderData<typeof loader>();
  const answer: Partial<FormAnswer<RegisterField | 'once'>> | undefined =
    useActionData<typeof action>();
  const buttons = { providers, csrf, redirectTo: rest.redirectTo, intent: 'continue' } as const;
  return (
    <RegisterPage
      {...rest}
      state={{ csrf, ...answer }}
      once={answer?.values?.once ?? once}
      providers={providers.length > 0 && <ProviderButtons {...buttons} />}
    />
  );
}
