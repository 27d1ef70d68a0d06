import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { PasswordField } from '../components/password-field.tsx';
import { NarrowPage, TextLink } from './narrow-page.tsx';
import { reauthText, type ReauthPurpose } from './reauth-text.ts';
import { UsernameHint } from './username-hint.tsx';

const fields: readonly LabelledField<'currentPassword'>[] = [
  ['currentPassword', reauthText.password],
];

export interface ReauthPageProps {
  readonly state: FormState<'currentPassword'>;
  readonly username: string;
  readonly purpose: ReauthPurpose;
  /** The form's page, whither a right answer leads. */
  readonly redirectTo: string;
  readonly hasPassword: boolean;
  /** Buttons of providers that count as proof. */
  readonly providers?: ReactNode;
}

export const ReauthPage = (props: ReauthPageProps) => {
  const { state, username, purpose, redirectTo, hasPassword, providers } = props;
  const { field, wrong } = bindFields(state, fields);
  return (
    <NarrowPage
      title={reauthText.title}
      lead={
        <>
          <p>{reauthText.purposes[purpose]}</p>
          <p className="mt-1">{reauthText.safe}</p>
        </>
      }
      below={<TextLink href={redirectTo}>{reauthText.cancel}</TextLink>}
    >
      {providers}
      <ErrorSummary alert={state.alert} wrong={wrong} />
      {hasPassword && (
        <Form csrf={state.csrf} hidden={{ redirectTo }} className="grid gap-3">
          <p>{reauthText.account(username)}</p>
          <UsernameHint username={username} />
          <PasswordField {...field('currentPassword')} autoComplete="current-password" />
          <Button wide>{reauthText.submit}</Button>
        </Form>
      )}
    </NarrowPage>
  );
};
