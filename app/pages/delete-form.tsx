import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { PasswordField } from '../components/password-field.tsx';
import { deleteText } from './delete-text.ts';
import { isolate } from './device-text.ts';
import { UsernameHint } from './username-hint.tsx';

export type DeleteField = 'confirmation' | 'currentPassword';
const { form: text } = deleteText;

const confirmation: LabelledField<DeleteField> = ['confirmation', text.confirmation];
const password: LabelledField<DeleteField> = ['currentPassword', text.password];

export interface DeleteFormProps {
  readonly state: FormState<DeleteField>;
  readonly intent: 'delete' | 'finish';
  readonly username: string;
  readonly hasPassword: boolean;
  readonly submit: string;
}

/** The last word: the username typed, and a proof that it is the owner who types (H6, H7). */
export const DeleteForm = ({ state, intent, username, hasPassword, submit }: DeleteFormProps) => {
  const { field, wrong } = bindFields(
    state,
    hasPassword ? [confirmation, password] : [confirmation],
  );
  return (
    <>
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} hidden={{ intent }} className="grid max-w-form gap-3">
        <UsernameHint username={username} />
        <Field {...field('confirmation')} hint={text.hint(isolate(username))} autoComplete="off" />
        {hasPassword ? (
          <PasswordField {...field('currentPassword')} autoComplete="current-password" />
        ) : (
          <p className="text-small text-ink-soft">{text.proof}</p>
        )}
        <div>
          <Button kind="danger">{submit}</Button>
        </div>
      </Form>
    </>
  );
};
