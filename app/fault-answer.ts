/** How a passing fault is answered: 503, and when to try again. */
export interface FaultAnswer {
  readonly code: string;
  readonly status: 503;
  readonly retryAfterSeconds: number;
  /** Nothing was or will be written. Else nobody knows yet, and the page must not say otherwise. */
  readonly unchanged: boolean;
}

type Passing = Pick<FaultAnswer, 'retryAfterSeconds' | 'unchanged'>;

/** Faults that pass by themselves. Whatever is not here is a defect or damage: 500. */
const passing: ReadonlyMap<string, Passing> = new Map([
  ['try-again', { retryAfterSeconds: 2, unchanged: false }],
  ['overloaded', { retryAfterSeconds: 2, unchanged: true }],
  ['writer-busy', { retryAfterSeconds: 2, unchanged: true }],
  ['writer-gone', { retryAfterSeconds: 5, unchanged: false }],
  ['commit-failed', { retryAfterSeconds: 5, unchanged: false }],
  ['outcome-unknown', { retryAfterSeconds: 5, unchanged: false }],
  ['unavailable', { retryAfterSeconds: 5, unchanged: true }],
]);

/** The answer to a fault that passes, told by its `code`: the build and the server hold copies of every class. */
export function faultAnswer(error: unknown): FaultAnswer | undefined {
  const code = codeOf(error);
  const found = code === undefined ? undefined : passing.get(code);
  return code !== undefined && found ? { code, status: 503, ...found } : undefined;
}

/** The `code` of a fault, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
