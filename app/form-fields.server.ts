import type { z } from 'zod';
import type { PasswordWeakness } from '../vault/common-passwords.ts';
import type { AppContext } from './context.ts';
import { passwordText } from './pages/password-text.ts';

/** A field as text; a missing one is empty. The edge lets no field come twice and no file in (G26). */
export function fieldText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The fields as typed, to be shown again. */
export function typedValues<Field extends string>(
  form: FormData,
  names: readonly Field[],
): Partial<Record<Field, string>> {
  const values: Partial<Record<Field, string>> = {};
  for (const name of names) values[name] = fieldText(form, name);
  return values;
}

type Shapes<Field extends string> = Readonly<Record<Field, z.ZodType<string>>>;

/** Every field's value to keep, or a message beside each that is not right. */
export function checkFields<Field extends string>(form: FormData, shapes: Shapes<Field>) {
  const values: Partial<Record<Field, string>> = {};
  const errors: Partial<Record<Field, string>> = {};
  for (const name of Object.keys(shapes) as Field[]) {
    const parsed = shapes[name].safeParse(fieldText(form, name));
    if (parsed.success) values[name] = parsed.data;
    else errors[name] = parsed.error.issues[0]?.message ?? '';
  }
  return { values: values as Record<Field, string>, errors };
}

export const hasErrors = (errors: object): boolean => Object.keys(errors).length > 0;

/** The names of the two fields, and what the password should not be made of. */
export interface NewPasswordFields {
  readonly password: string;
  readonly confirm: string;
  readonly username?: string;
  readonly email?: string;
}

/** What is wrong with a new password and its repetition, by the names of their fields. */
export function newPasswordErrors(
  { services, settings }: AppContext,
  form: FormData,
  { password: name, confirm, ...about }: NewPasswordFields,
): Record<string, string> {
  const password = fieldText(form, name);
  const { passwordMinLength: minLength } = settings;
  if (password === '') return { [name]: passwordText.missing };
  const weak = services.deps.weakness(password, { ...about, minLength });
  if (weak) return { [name]: weakText(weak, minLength) };
  if (password === fieldText(form, confirm)) return {};
  return { [confirm]: passwordText.different };
}

function weakText(weak: PasswordWeakness, minLength: number): string {
  switch (weak) {
    case 'too-short':
      return passwordText.tooShort(minLength);
    case 'too-long':
      return passwordText.tooLong;
    case 'common':
      return passwordText.common;
    case 'context':
      return passwordText.personal;
  }
}
