import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { PasswordField } from '../components/password-field.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { Time } from '../components/time.tsx';
import { passwordSettingsText as text } from './password-settings-text.ts';
import { passwordText } from './password-text.ts';
import { UsernameHint } from './username-hint.tsx';

export type PasswordSettingsField = 'currentPassword' | 'newPassword' | 'newPasswordConfirm';

const current: LabelledField<PasswordSettingsField> = ['currentPassword', text.current];
const chosen: readonly LabelledField<PasswordSettingsField>[] = [
  ['newPassword', text.next],
  ['newPasswordConfirm', passwordText.confirm],
];
export type PasswordIntent = 'set' | 'change' | 'remove';

export interface PasswordSettingsPageProps {
  /** Belongs to the form that was sent: `intent` says which. */
  readonly state: FormState<PasswordSettingsField>;
  readonly intent?: PasswordIntent | undefined;
  readonly username: string;
  /** When the password was set; null where there is none. */
  readonly passwordSetAt: string | null;
  /** Another usable way in is left when the password goes. */
  readonly removable: boolean;
  readonly passwordMinLength: number;
  readonly now: string;
}

type SectionProps = Omit<PasswordSettingsPageProps, 'intent'>;

const ChooseForm = (props: SectionProps & { readonly intent: 'set' | 'change' }) => {
  const { state, intent, username, passwordMinLength } = props;
  const asked = intent === 'set' ? chosen : [current, ...chosen];
  const { field, wrong } = bindFields(state, asked);
  return (
    <>
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} hidden={{ intent }} className="grid max-w-form gap-3">
        <UsernameHint username={username} />
        {intent === 'change' && (
          <PasswordField {...field('currentPassword')} autoComplete="current-password" />
        )}
        <PasswordField
          {...field('newPassword')}
          hint={passwordText.hint(passwordMinLength)}
          autoComplete="new-password"
        />
        <PasswordField {...field('newPasswordConfirm')} autoComplete="new-password" />
        <div>
          <Button>{text.submit[intent]}</Button>
        </div>
      </Form>
    </>
  );
};

const RemoveForm = ({ state, username }: SectionProps) => {
  const { field, wrong } = bindFields(state, [current], 'remove-');
  return (
    <>
      <ErrorSummary alert={state.alert} wrong={wrong} />
      <Form csrf={state.csrf} hidden={{ intent: 'remove' }} className="grid max-w-form gap-3">
        <UsernameHint username={username} />
        <PasswordField {...field('currentPassword')} autoComplete="current-password" />
        <div>
          <Button kind="danger">{text.submit.remove}</Button>
        </div>
      </Form>
    </>
  );
};

export const PasswordSettingsPage = ({ intent, ...props }: PasswordSettingsPageProps) => {
  const untouched: FormState<PasswordSettingsField> = { csrf: props.state.csrf };
  const toRemove = intent === 'remove' ? props.state : untouched;
  const toChoose = intent === 'remove' ? untouched : props.state;
  if (props.passwordSetAt === null) {
    return (
      <SettingsFrame current="/settings/password" lead={text.lead.set}>
        <Card title={text.setTitle}>
          <ChooseForm {...props} intent="set" />
        </Card>
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame
      current="/settings/password"
      lead={
        <>
          {text.since} <Time at={props.passwordSetAt} now={props.now} />. {text.lead.change}
        </>
      }
    >
      <Card title={text.changeTitle}>
        <ChooseForm {...props} state={toChoose} intent="change" />
      </Card>
      <Card title={text.removeTitle} lead={props.removable ? text.removeLead : text.onlyWayIn}>
        {props.removable ? (
          <RemoveForm {...props} state={toRemove} />
        ) : (
          <ErrorSummary alert={toRemove.alert} />
        )}
      </Card>
    </SettingsFrame>
  );
};
