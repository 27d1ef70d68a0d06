import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { Or } from '../components/or.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { loginText } from './login-text.ts';
import { NarrowPage, TextLink } from './narrow-page.tsx';

export type LoginField = 'identifier' | 'password';

const fields: readonly LabelledField<LoginField>[] = [
  ['identifier', loginText.identifier],
  ['password', loginText.password],
];

export interface LoginPageProps {
  readonly state: FormState<LoginField>;
  readonly redirectTo?: string | undefined;
  /** Buttons of providers, above the form. */
  readonly providers?: ReactNode;
  /** A <DevelopmentNote>, where only this machine can see the page. */
  readonly development?: ReactNode;
}

export const LoginPage = ({ state, redirectTo, providers, development }: LoginPageProps) => {
  const { field, wrong } = bindFields(state, fields);
  return (
    <NarrowPage
      title={loginText.title}
      below={
        <>
          <p>
            {loginText.noAccount} <TextLink href="/register">{loginText.register}</TextLink>
          </p>
          {development}
        </>
      }
    >
      {providers}
      {providers && <Or>{loginText.or}</Or>}
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} hidden={{ redirectTo }} className="grid gap-3">
        <Field {...field('identifier')} autoComplete="username" inputMode="email" />
        <PasswordField {...field('password')} autoComplete="current-password" />
        <Button wide>{loginText.submit}</Button>
      </Form>
    </NarrowPage>
  );
};
