import { data } from '@remix-run/node';
import { refusalCopy } from '../domain/account/refusal-copy.ts';
import type { Limited, Refused } from '../commands/outcome.ts';
import type { FormAlert, FormState } from './components/form-state.ts';
import type { AppContext } from './context.ts';
import { faultAnswer, type FaultAnswer } from './fault-answer.ts';
import { formAlertText } from './pages/error-text.ts';

/** A form that comes back: what was typed (passwords excepted), what is wrong, and one word above it. */
export type FormAnswer<Field extends string> = Omit<FormState<Field>, 'csrf'>;

type Values<Field extends string> = Partial<Record<Field, string>>;

/** 400: messages beside the fields. */
export const badFields = <Field extends string>(
  values: Values<Field>,
  errors: Partial<Record<Field, string>>,
) => data<FormAnswer<Field>>({ values, errors }, { status: 400 });

/** 400: one message for the form as a whole. */
export const badForm = <Field extends string>(values: Values<Field>, text: string) =>
  data<FormAnswer<Field>>({ values, alert: { tone: 'danger', text } }, { status: 400 });

/** 409: the refusals beside their fields where they have one; the first one's code in `data-refusal`. */
export function refusedForm<Field extends string>(
  values: Values<Field>,
  { refusals }: Refused,
  fieldOf: Partial<Record<string, Field>> = {},
) {
  const errors: Partial<Record<Field, string>> = {};
  for (const { code } of refusals) {
    const field = fieldOf[code];
    if (field) errors[field] = refusalCopy[code];
  }
  const [{ code }] = refusals;
  const alert: FormAlert = { tone: 'danger', text: refusalCopy[code], refusal: code };
  return data<FormAnswer<Field>>({ values, errors, alert }, { status: 409 });
}

/** 429 with Retry-After. */
export const limitedForm = <Field extends string>(
  values: Values<Field>,
  { retryAfterSeconds }: Limited,
) =>
  data<FormAnswer<Field>>(
    { values, alert: { tone: 'warning', text: formAlertText.tooMany(retryAfterSeconds) } },
    { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } },
  );

/** Runs a command; a fault that passes gives the form back with 503 and Retry-After, and what was typed in it. */
export async function orTryAgain<T, Field extends string>(
  context: Pick<AppContext, 'report'>,
  values: Values<Field>,
  work: () => Promise<T>,
): Promise<T | ReturnType<typeof tryAgainForm<Field>>> {
  try {
    return await work();
  } catch (error) {
    const answer = faultAnswer(error);
    if (!answer) throw error;
    context.report(error);
    return tryAgainForm(values, answer);
  }
}

const tryAgainForm = <Field extends string>(
  values: Values<Field>,
  { unchanged, status, retryAfterSeconds }: FaultAnswer,
) =>
  data<FormAnswer<Field>>(
    {
      values,
      alert: {
        tone: 'warning',
        text: unchanged ? formAlertText.unavailable : formAlertText.unsure,
      },
    },
    { status, headers: { 'Retry-After': String(retryAfterSeconds) } },
  );
