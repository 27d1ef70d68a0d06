/** What a rule answers: a value, or an expected no. Faults are thrown instead. */
export type Result<Value, Refusal> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <const Value>(value: Value) => ({ ok: true, value }) as const;

export const refuse = <const Refusal>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** Closes a switch: a case nobody handles is a compile error. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
