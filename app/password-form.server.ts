import { data } from '@remix-run/node';
import { changePassword } from '../commands/change-password.ts';
import { removePassword } from '../commands/remove-password.ts';
import { setPassword } from '../commands/set-password.ts';
import { refusalCopy } from '../domain/account/refusal-copy.ts';
import type { FormAnswer } from './answers.server.ts';
import type { AppContext } from './context.ts';
import { carryOn } from './enter.server.ts';
import { formAlertText } from './pages/error-text.ts';
import type { PasswordIntent, PasswordSettingsField } from './pages/password-settings-page.tsx';
import { passwordText } from './pages/password-text.ts';
import { reauthText } from './pages/reauth-text.ts';
import { fieldText, hasErrors, newPasswordErrors } from './form-fields.server.ts';
import type { Asker } from './signed-in.server.ts';

/** Which of the page's forms was sent, and what is wrong with it. */
export interface PasswordAnswer extends FormAnswer<PasswordSettingsField> {
  readonly intent: PasswordIntent;
}

type Sent = { readonly intent: PasswordIntent; readonly form: FormData };

const answered = (answer: PasswordAnswer, init: { status: number; headers?: HeadersInit }) =>
  data(answer, init);

/** What is wrong with the fields themselves, before anything is asked; undefined when nothing is. */
export function checkPasswordForm(
  context: AppContext,
  form: FormData,
  about: { readonly intent: PasswordIntent; readonly username: string; readonly email: string },
) {
  const { intent, username, email } = about;
  const errors: Partial<Record<PasswordSettingsField, string>> = {};
  if (intent !== 'set' && fieldText(form, 'currentPassword') === '') {
    errors.currentPassword = reauthText.errors.currentPassword.missing;
  }
  if (intent !== 'remove') {
    const names = { password: 'newPassword', confirm: 'newPasswordConfirm' };
    Object.assign(errors, newPasswordErrors(context, form, { ...names, username, email }));
  }
  return hasErrors(errors) ? answered({ intent, errors }, { status: 400 }) : undefined;
}

/** Asks the command; undefined when it is done. */
export async function answerPasswordForm(context: AppContext, asker: Asker, sent: Sent) {
  const { intent } = sent;
  const answer = await ask(context, asker, sent);
  if (answer.ok) {
    carryOn(context, answer.issued);
    return undefined;
  }
  switch (answer.why) {
    case 'wrong-proof':
      return answered(
        { intent, errors: { currentPassword: passwordText.wrongCurrent } },
        { status: 400 },
      );
    case 'limited': {
      const { retryAfterSeconds } = answer;
      const text = formAlertText.tooMany(retryAfterSeconds);
      const headers = { 'Retry-After': String(retryAfterSeconds) };
      return answered({ intent, alert: { tone: 'warning', text } }, { status: 429, headers });
    }
    case 'refused': {
      const [{ code }] = answer.refusals;
      const alert = { tone: 'danger', text: refusalCopy[code], refusal: code } as const;
      return answered({ intent, alert }, { status: 409 });
    }
  }
}

function ask(context: AppContext, asker: Asker, { intent, form }: Sent) {
  const { deps } = context.services;
  const current = fieldText(form, 'currentPassword');
  const next = fieldText(form, 'newPassword');
  switch (intent) {
    case 'set':
      return setPassword(deps, asker, next);
    case 'change':
      return changePassword(deps, asker, { current, next });
    case 'remove':
      return removePassword(deps, asker, current);
  }
}
