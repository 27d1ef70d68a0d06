import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { Or } from '../components/or.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { NarrowPage, TextLink } from './narrow-page.tsx';
import { ReauthProofs, type ReauthProof } from './reauth-proofs.tsx';
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
  /** The providers that count as proof; none where a password is the only one. */
  readonly proofs?: readonly ReauthProof[] | undefined;
}

export const ReauthPage = (props: ReauthPageProps) => {
  const { state, username, purpose, redirectTo, hasPassword, proofs = [] } = props;
  const { field, wrong } = bindFields(state, fields);
  return (
    <NarrowPage
      title={reauthText.title}
      lead={
        <>
          <p>{reauthText.purposes[purpose]}</p>
          <p className="mt-1">{reauthText.account(username)}</p>
          <p className="mt-1">{reauthText.safe}</p>
        </>
      }
      below={<TextLink href={redirectTo}>{reauthText.cancel}</TextLink>}
    >
      <ReauthProofs csrf={state.csrf} proofs={proofs} redirectTo={redirectTo} />
      {proofs.length > 0 && hasPassword && <Or>{reauthText.or}</Or>}
      <ErrorSummary alert={state.alert} wrong={wrong} />
      {proofs.length === 0 && !hasPassword && <p>{reauthText.none}</p>}
      {hasPassword && (
        <Form csrf={state.csrf} hidden={{ redirectTo }} className="grid gap-3">
          <UsernameHint username={username} />
          <PasswordField {...field('currentPassword')} autoComplete="current-password" />
          <Button wide>{reauthText.submit}</Button>
        </Form>
      )}
    </NarrowPage>
  );
};
