import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { continuePending, fixAnswer, linkPending } from '../commands/answer-pending.ts';
import { registerByIdentity } from '../commands/register-by-identity.ts';
import { displayName, emailAddress, username } from '../domain/account/form-values.ts';
import { z } from 'zod';
import { pendingAnswers, type Pending } from '../vault/vault-round-trips.ts';
import { badFields, limitedForm, refusedForm } from './answers.server.ts';
import type { AppContext } from './context.ts';
import { enter } from './enter.server.ts';
import { checkFields, fieldText, hasErrors, typedValues } from './form-fields.server.ts';
import { askingOf, requireFreshProof, requireSignedIn } from './signed-in.server.ts';

interface Sent {
  readonly pending: Pending;
  readonly form: FormData;
}

const answers = z.enum(pendingAnswers);
/** How long after the way back the start's proof still counts. */
const ANSWER_MS = 5 * 60_000;
const CONNECTIONS = '/settings/connections';
const over = () => redirect('/auth/confirm', 303);
const questionPage = ({ pendingId }: Pending) => `/auth/confirm?pending=${pendingId}`;
const fieldOf = { 'email-taken': 'email', 'username-taken': 'username' } as const;

/** Answers the question that a round trip left behind. What may be answered, the row says. */
export async function answerConfirm(
  context: AppContext,
  request: ActionFunctionArgs['request'],
  sent: Sent,
) {
  const intent = answers.safeParse(fieldText(sent.form, 'intent'));
  if (!intent.success) throw new Response(null, { status: 400 });
  switch (intent.data) {
    case 'create':
      return create(context, sent);
    case 'continue':
      return goOn(context, sent.pending);
    case 'link':
    case 'move':
      return connect(context, request, { ...sent, answer: intent.data });
    case 'cancel': {
      await fixAnswer(context.services.deps, sent.pending, 'cancel');
      return redirect(sent.pending.sessionId === null ? '/login' : CONNECTIONS, 303);
    }
  }
}

async function create(context: AppContext, { pending, form }: Sent) {
  const typed = typedValues(form, ['username', 'email', 'name']);
  const email = emailAddress.or(z.literal(''));
  const { values, errors } = checkFields(form, { username, name: displayName, email });
  if (hasErrors(errors)) return badFields(typed, errors);
  const { deps } = context.services;
  const made = await registerByIdentity(deps, askingOf(context), { pending, form: values });
  if (made.ok) {
    context.cookies.flash.set('registered', { name: values.name });
    return enter(context, made, pending.redirectTo);
  }
  if (made.why === 'pending-gone') return over();
  if (made.why === 'limited') return limitedForm(typed, made);
  return refusedForm(typed, made, fieldOf);
}

async function goOn(context: AppContext, pending: Pending) {
  const { deps } = context.services;
  const answer = await continuePending(deps, askingOf(context), pending);
  return answer.ok ? enter(context, answer, pending.redirectTo) : over();
}

async function connect(
  context: AppContext,
  request: ActionFunctionArgs['request'],
  { pending, answer }: Sent & { readonly answer: 'link' | 'move' },
) {
  const asker = await requireSignedIn(context, request, CONNECTIONS);
  // Start, way back and answer are one action: the start asked for the proof (H4).
  const isOneAction = context.at.getTime() - pending.madeAt.getTime() <= ANSWER_MS;
  if (!isOneAction) await requireFreshProof(context, asker, questionPage(pending));
  const { deps } = context.services;
  const outcome = await linkPending(deps, asker, { pending, answer });
  if (outcome.ok) {
    context.cookies.flash.set(answer === 'move' ? 'moved' : 'linked');
    return redirect(CONNECTIONS, 303);
  }
  return outcome.why === 'pending-gone' ? over() : refusedForm<never>({}, outcome);
}
