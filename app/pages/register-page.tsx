import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { Or } from '../components/or.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { NarrowPage, TextLink } from './narrow-page.tsx';
import { passwordText } from './password-text.ts';
import { registerText } from './register-text.ts';

export type RegisterField = 'email' | 'username' | 'name' | 'password' | 'passwordConfirm';

const fields: readonly LabelledField<RegisterField>[] = [
  ['email', registerText.email],
  ['username', registerText.username],
  ['name', registerText.name],
  ['password', registerText.password],
  ['passwordConfirm', passwordText.confirm],
];

export interface RegisterPageProps {
  readonly state: FormState<RegisterField>;
  /** Makes a double click, a resend and a retry one account. */
  readonly once: string;
  readonly redirectTo?: string | undefined;
  readonly passwordMinLength: number;
  /** Nobody may register now. */
  readonly closed?: boolean;
  /** Buttons of providers, above the form. */
  readonly providers?: ReactNode;
}

const below = (
  <p>
    {registerText.haveOne} <TextLink href="/login">{registerText.signIn}</TextLink>
  </p>
);

export const RegisterPage = (props: RegisterPageProps) => {
  const { state, once, redirectTo, passwordMinLength, closed = false, providers } = props;
  const { field, wrong } = bindFields(state, fields);
  if (closed) {
    const alert = state.alert ?? ({ tone: 'warning', text: registerText.closed } as const);
    return (
      <NarrowPage title={registerText.title} below={below}>
        <ErrorSummary alert={alert} wrong={[]} />
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={registerText.title} lead={<p>{registerText.lead}</p>} below={below}>
      {providers}
      {providers && <Or>{registerText.or}</Or>}
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} hidden={{ once, redirectTo }} className="grid gap-3">
        <Field {...field('email')} type="email" inputMode="email" autoComplete="email" />
        <Field {...field('username')} hint={registerText.usernameHint} autoComplete="username" />
        <Field {...field('name')} hint={registerText.nameHint} autoComplete="name" dir="auto" />
        <PasswordField
          {...field('password')}
          hint={passwordText.hint(passwordMinLength)}
          autoComplete="new-password"
        />
        <PasswordField {...field('passwordConfirm')} autoComplete="new-password" />
        <Button wide>{registerText.submit}</Button>
      </Form>
    </NarrowPage>
  );
};
