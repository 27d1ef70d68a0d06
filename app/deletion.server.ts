import { data, redirect } from '@remix-run/node';
import { z } from 'zod';
import { cancelDeletion, deleteAccount } from '../commands/delete-account.ts';
import { finishDeletion } from '../commands/finish-deletion.ts';
import type { Limited } from '../commands/outcome.ts';
import { verifyPassword } from '../commands/verify-password.ts';
import { passwordOf } from '../domain/account/account-methods.ts';
import { refusalCopy } from '../domain/account/refusal-copy.ts';
import { canonicalUsername } from '../domain/canonical.ts';
import type { FormAnswer } from './answers.server.ts';
import type { AppContext } from './context.ts';
import { askedFor } from './deletion-view.server.ts';
import { fieldText, hasErrors, typedValues } from './form-fields.server.ts';
import { deleteText } from './pages/delete-text.ts';
import type { DeleteField } from './pages/delete-form.tsx';
import { formAlertText } from './pages/error-text.ts';
import { passwordText } from './pages/password-text.ts';
import { personOf } from './person.server.ts';
import { CLOSING_PAGE, requireFreshProof, type Asker } from './signed-in.server.ts';

export const deletionIntents = z.enum(['delete', 'finish', 'cancel']);
export type DeletionIntent = z.infer<typeof deletionIntents>;

/** Which of the page's forms was sent, and what is wrong with it. */
export interface DeletionAnswer extends FormAnswer<DeleteField> {
  readonly intent: DeletionIntent;
}

interface Sent {
  readonly intent: DeletionIntent;
  readonly form: FormData;
}

const answered = (answer: DeletionAnswer, init: { status: number; headers?: HeadersInit }) =>
  data(answer, init);

/** Asks for the end, finishes it, or calls it off. Whatever was done, the session that asked is over. */
export async function answerDeletion(context: AppContext, asker: Asker, sent: Sent) {
  if (sent.intent === 'cancel') return cancel(context, asker);
  const wrong = (await wrongFields(context, asker, sent)) ?? (await unproved(context, asker, sent));
  if (wrong) return wrong;
  const { deps } = context.services;
  const outcome = await (sent.intent === 'delete' ? deleteAccount : finishDeletion)(deps, asker);
  if (!outcome.ok) return refused(sent.intent, outcome.refusals[0].code);
  leave(context);
  context.cookies.receipt.set(asker.session.accountId);
  context.answer.set('Clear-Site-Data', '"cache", "storage"');
  return redirect(CLOSING_PAGE, 303);
}

async function cancel(context: AppContext, asker: Asker) {
  const { account } = asker;
  if (account.status !== 'closing') return refused('cancel', 'account-not-closing');
  const { at, way } = await askedFor(context, asker, account);
  const outcome = await cancelDeletion(context.services.deps, asker);
  if (!outcome.ok) return refused('cancel', outcome.refusals[0].code);
  leave(context);
  const by = way?.kind === 'provider' ? { by: way.name } : {};
  context.cookies.flash.set('deletion-cancelled', { at, kind: way?.kind ?? '', ...by });
  return redirect('/login', 303);
}

/** The browser is nobody's any more. */
function leave({ cookies }: AppContext): void {
  cookies.session.clear();
  cookies.anonymous.renew();
  cookies.signedOut.set();
}

function refused(intent: DeletionIntent, code: keyof typeof refusalCopy) {
  const alert = { tone: 'danger', text: refusalCopy[code], refusal: code } as const;
  return answered({ intent, alert }, { status: 409 });
}

/** The username as typed, in any spelling that is the same name; and the password, where there is one. */
async function wrongFields(context: AppContext, asker: Asker, { intent, form }: Sent) {
  const values = typedValues(form, ['confirmation']);
  const { username } = await personOf(context, asker);
  const { errors: text } = deleteText.form;
  const errors: Partial<Record<DeleteField, string>> = {};
  const confirmation = fieldText(form, 'confirmation');
  if (confirmation.trim() === '') errors.confirmation = text.missing;
  else if (canonicalUsername(confirmation) !== canonicalUsername(username)) {
    errors.confirmation = text.other;
  }
  if (passwordOf(asker.account) && fieldText(form, 'currentPassword') === '') {
    errors.currentPassword = text.passwordMissing;
  }
  return hasErrors(errors) ? answered({ intent, values, errors }, { status: 400 }) : undefined;
}

/** The password in the form is the proof; where there is none, one of the last five minutes is asked for (H4, H6). */
async function unproved(context: AppContext, asker: Asker, { intent, form }: Sent) {
  const values = typedValues(form, ['confirmation']);
  if (!passwordOf(asker.account)) {
    const place = { sessionId: asker.session.sessionId, page: CLOSING_PAGE };
    context.cookies.typed.keep(place, { confirmation: fieldText(form, 'confirmation') });
    await requireFreshProof(context, asker, CLOSING_PAGE);
    return undefined;
  }
  const { deps } = context.services;
  const proved = await verifyPassword(deps, asker, fieldText(form, 'currentPassword'));
  if (proved.ok) return undefined;
  if (proved.why === 'limited') return tooMany(intent, values, proved);
  const errors = { currentPassword: passwordText.wrongCurrent };
  return answered({ intent, values, errors }, { status: 400 });
}

function tooMany(
  intent: DeletionIntent,
  values: Partial<Record<DeleteField, string>>,
  { retryAfterSeconds }: Limited,
) {
  const alert = { tone: 'warning', text: formAlertText.tooMany(retryAfterSeconds) } as const;
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  return answered({ intent, values, alert }, { status: 429, headers });
}
