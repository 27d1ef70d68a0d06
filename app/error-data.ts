/** What an error page may be told beside its status: never a message. */
export interface ErrorData {
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
}

/** Reads what came with an error answer; anything unexpected in it is left out. */
export function readErrorData(data: unknown): ErrorData {
  if (typeof data !== 'object' || data === null) return {};
  const { requestId, retryAfterSeconds } = data as Record<string, unknown>;
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
}
