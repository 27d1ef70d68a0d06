import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { Notice } from '../components/notice.tsx';
import type { CreateQuestion } from './confirm-question.ts';
import { confirmText as text } from './confirm-text.ts';
import { TextLink } from './narrow-page.tsx';

export type ConfirmField = 'username' | 'email' | 'name';

export const createFields: readonly LabelledField<ConfirmField>[] = [
  ['username', text.username],
  ['name', text.name],
  ['email', text.email],
];

export interface ConfirmCreateProps {
  /** `values` hold what is suggested, then what was typed. */
  readonly state: FormState<ConfirmField>;
  readonly pending: string;
  readonly question: CreateQuestion;
}

/** Asks only for what an account needs, filled in with what the provider told. */
export const ConfirmCreate = ({ state, pending, question }: ConfirmCreateProps) => {
  const { field } = bindFields(state, createFields);
  const { emailKnown, emailRequired } = question;
  return (
    <>
      {emailKnown && (
        <Notice tone="info">
          <p>{text.emailKnown(emailKnown)}</p>
          <TextLink href="/login">{text.signIn}</TextLink>
        </Notice>
      )}
      <Form csrf={state.csrf} hidden={{ pending, intent: 'create' }} className="grid gap-3">
        <Field {...field('username')} hint={text.usernameHint} autoComplete="username" />
        <Field {...field('name')} hint={text.nameHint} autoComplete="name" dir="auto" />
        <Field
          {...field('email')}
          {...(!emailRequired && { hint: text.emailOptional })}
          required={emailRequired}
          type="email"
          inputMode="email"
          autoComplete="email"
        />
        <Button wide>{text.submit.create()}</Button>
      </Form>
    </>
  );
};
