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

/** The forms' fields bound to their state; `order` is the order on the page, `prefix` parts two forms on one page. */
export function bindFields<Field extends string>(
  state: FormState<Field>,
  order: readonly Field[],
  prefix = '',
) {
  const firstWrong = order.find((name) => state.errors?.[name]);
  const id = (name: Field) => `${prefix}${name}`;
  return {
    field: (name: Field) => ({
      id: id(name),
      name,
      value: state.values?.[name],
      error: state.errors?.[name],
      focus: name === firstWrong,
    }),
    errors: order.flatMap((name) => {
      const sentence = state.errors?.[name];
      return sentence ? [[id(name), sentence] as const] : [];
    }),
  };
}
