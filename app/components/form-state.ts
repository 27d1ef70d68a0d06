/** A word about a form as a whole, above its fields. */
export interface FormAlert {
  readonly tone: 'warning' | 'danger';
  readonly text: string;
  /** The code of a refusal (409); goes into `data-refusal`. */
  readonly refusal?: string | undefined;
}

/** What a form is shown with, first and after an answer that was not yes. */
export interface FormState<Field extends string> {
  readonly csrf: string;
  /** What was typed or is stored. Passwords never come back. */
  readonly values?: Partial<Record<Field, string>> | undefined;
  /** One sentence for each field that was not accepted. */
  readonly errors?: Partial<Record<Field, string>> | undefined;
  readonly alert?: FormAlert | undefined;
}

/** A field and its label. */
export type LabelledField<Field extends string> = readonly [name: Field, label: string];

/** The fields of a form, in the order of the page, bound to its state; `prefix` keeps the ids of two forms on one page apart. */
export function bindFields<Field extends string>(
  { values, errors }: Omit<FormState<Field>, 'csrf'>,
  fields: readonly LabelledField<Field>[],
  prefix = '',
) {
  const labels = new Map(fields);
  const wrong = fields.filter(([name]) => errors?.[name]);
  const field = (name: Field) => ({
    id: `${prefix}${name}`,
    name,
    label: labels.get(name) ?? name,
    value: values?.[name],
    error: errors?.[name],
    focus: name === wrong[0]?.[0],
  });
  return { field, wrong: wrong.map(([name, label]) => ({ id: `${prefix}${name}`, label })) };
}
