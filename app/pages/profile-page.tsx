import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { profileText } from './profile-text.ts';

export type ProfileField = 'username' | 'name' | 'email';

const fields: readonly LabelledField<ProfileField>[] = [
  ['username', profileText.username],
  ['name', profileText.name],
  ['email', profileText.email],
];

export interface ProfilePageProps {
  readonly state: FormState<ProfileField>;
}

export const ProfilePage = ({ state }: ProfilePageProps) => {
  const { field, wrong } = bindFields(state, fields);
  return (
    <SettingsFrame current="/settings" lead={profileText.lead}>
      <Card>
        <ErrorSummary alert={state.alert} wrong={wrong} />
        <Form csrf={state.csrf} className="grid max-w-form gap-3">
          <Field {...field('username')} hint={profileText.usernameHint} autoComplete="username" />
          <Field {...field('name')} hint={profileText.nameHint} autoComplete="name" dir="auto" />
          <Field
            {...field('email')}
            hint={profileText.emailHint}
            type="email"
            inputMode="email"
            autoComplete="email"
          />
          <div>
            <Button>{profileText.submit}</Button>
          </div>
        </Form>
      </Card>
    </SettingsFrame>
  );
};
