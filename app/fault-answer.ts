/** How a passing fault is answered: 503, and when to try again. */
export interface FaultAnswer {
  readonly code: string;
  readonly status: 503;
  readonly retryAfterSeconds: number;
}

/** Faults that pass by themselves. Whatever is not here is a defect or damage: 500. */
const passing: ReadonlyMap<string, number> = new Map([
  ['try-again', 2],
  ['overloaded', 2],
  ['writer-busy', 2],
  ['writer-gone', 5],
  ['commit-failed', 5],
  ['outcome-unknown', 5],
  ['unavailable', 5],
]);

/** The answer to a fault that passes, told by its `code`: the build and the server hold copies of every class. */
export function faultAnswer(error: unknown): FaultAnswer | undefined {
  const code = codeOf(error);
  const retryAfterSeconds = code === undefined ? undefined : passing.get(code);
  if (code === undefined || retryAfterSeconds === undefined) return undefined;
  return { code, status: 503, retryAfterSeconds };
}

/** The `code` of a fault, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
