import { Button, buttonClass } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { PasswordField } from '../components/password-field.tsx';
import { NarrowPage } from './narrow-page.tsx';
import { passwordText } from './password-text.ts';
import { recoverText } from './recover-text.ts';
import { UsernameHint } from './username-hint.tsx';

export type RecoverField = 'newPassword' | 'newPasswordConfirm';

const fields: readonly LabelledField<RecoverField>[] = [
  ['newPassword', recoverText.newPassword],
  ['newPasswordConfirm', passwordText.confirm],
];

export interface RecoverPageProps {
  readonly state: FormState<RecoverField>;
  /** Whose password it is, where the link tells. */
  readonly username?: string | undefined;
  readonly passwordMinLength: number;
}

export const RecoverPage = ({ state, username, passwordMinLength }: RecoverPageProps) => {
  const { field, wrong } = bindFields(state, fields);
  return (
    <NarrowPage
      title={recoverText.title}
      lead={
        <>
          <p>{recoverText.lead}</p>
          <p className="mt-1">{recoverText.follows}</p>
        </>
      }
    >
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} className="grid gap-3">
        {username && <UsernameHint username={username} />}
        <PasswordField
          {...field('newPassword')}
          hint={passwordText.hint(passwordMinLength)}
          autoComplete="new-password"
        />
        <PasswordField {...field('newPasswordConfirm')} autoComplete="new-password" />
        <Button wide>{recoverText.submit}</Button>
      </Form>
    </NarrowPage>
  );
};

/** The link was used, replaced, or its hour is past. */
export const RecoverOverPage = () => (
  <NarrowPage title={recoverText.overTitle} lead={<p>{recoverText.over}</p>}>
    <p>{recoverText.overNext}</p>
    <p className="mt-3">
      <a href="/login" className={buttonClass('primary', true)}>
        {recoverText.signIn}
      </a>
    </p>
  </NarrowPage>
);
