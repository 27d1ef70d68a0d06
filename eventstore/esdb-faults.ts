import {
  faultCode,
  OutcomeUnknown,
  Unavailable,
  type ExpectedRevision,
  type StoreFault,
} from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';

interface Parts {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
  readonly actualVersion?: unknown;
}

const parts = (error: unknown): Parts =>
  typeof error === 'object' && error !== null ? error : { message: String(error) };

/** What an error of the client tells, whichever of its many shapes it has. */
interface Told {
  /** gRPC status. Plain errors of the client have it too, where `type` is missing. */
  readonly code: number | undefined;
  /** The client's own word for errors that it recognised. */
  readonly type: string | undefined;
  readonly message: string;
}

export function told(error: unknown): Told {
  const { code, type, message } = parts(error);
  return {
    code: typeof code === 'number' ? code : undefined,
    type: typeof type === 'string' ? type : undefined,
    message: typeof message === 'string' ? message : '',
  };
}

/**
 * The transport's words for a call that never left this process: no connection (refused, unreachable), no
 * address, a channel closed under a waiting call, no node found, a deadline that ended while waiting for a connection. Of
 * a pinned version and held by tests; were they to change, the answer would be "unknown", which is safe.
 */
const neverSent =
  /^(14 UNAVAILABLE: (No connection established|Name resolution failed|Channel closed before call started)|4 DEADLINE_EXCEEDED: .*Waiting for LB pick|Channel has been shut down|Failed to discover after )/;

/** Was there no connection to send the call over? */
export const wasNeverSent = (error: unknown): boolean => neverSent.test(told(error).message);

/** The node is not the leader, did nothing, and named the one that is; the client goes there with its next call. */
export const isNotLeader = (error: unknown): boolean => told(error).type === 'not-leader';

/** Where the stream stood when the server refused an append for its expected revision; undefined for other errors. */
export function actualRevision(error: unknown): ExpectedRevision | undefined {
  if (told(error).type !== 'wrong-expected-version') return undefined;
  const { actualVersion: actual } = parts(error);
  return typeof actual === 'bigint' ? Number(actual) : 'none';
}

/** The server looked at the call and refused it: certainly nothing was done. */
const refused = (error: unknown): StoreFault | undefined => {
  const { type, code } = told(error);
  if (type === 'access-denied' || code === 7 || code === 16) {
    return new Unavailable('the log refuses access with these credentials', { cause: error });
  }
  if (type === 'stream-deleted') {
    return new LogDamaged('a stream was deleted from the log', undefined, { cause: error });
  }
  if (type === 'not-leader') {
    return new Unavailable('the log is changing its leader', { cause: error });
  }
  return undefined;
};

/** A fault of the port's own words: our deadline, our limit of calls, a closed store. */
const isJudged = (error: unknown): error is StoreFault =>
  ['unavailable', 'outcome-unknown', 'log-damaged'].includes(faultCode(error) ?? '');

/** What a failed append means. Conflicts are judged before this. */
export function appendFault(error: unknown): StoreFault {
  if (isJudged(error)) return error;
  if (wasNeverSent(error)) {
    return new Unavailable('no connection to the log', { cause: error });
  }
  return (
    refused(error) ??
    new OutcomeUnknown('the answer of the log did not arrive, or says nothing about the outcome', {
      cause: error,
    })
  );
}

/** What a failed read means: nothing was read, whatever the reason. */
export function readFault(error: unknown): StoreFault {
  if (isJudged(error)) return error;
  return refused(error) ?? new Unavailable('the log cannot be read now', { cause: error });
}
