import { sqliteFault, type SqliteFault } from '../sqlite/sqlite-fault.ts';
import { faultCode, Unavailable } from './event-store.ts';

/** Why the log takes no writes: 'busy' and 'moved' besides what SQLite says, 'stopped' by us, 'closed'. */
export type CannotWriteReason = SqliteFault | 'moved' | 'stopped' | 'closed';

/** Certainly not written, and why. */
export class CannotWrite extends Unavailable {
  readonly reason: CannotWriteReason;

  constructor(reason: CannotWriteReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Can the log be written, as far as the last try showed? */
export type Writable =
  | { readonly writable: true }
  | { readonly writable: false; readonly reason: CannotWriteReason; readonly message: string };

const messages: Readonly<Record<CannotWriteReason, string>> = {
  busy: 'the log is busy: the write lock was not had in time',
  full: 'there is no room for the log to grow',
  io: 'the disk of the log failed',
  'read-only': 'the log may only be read',
  damaged: 'the log is damaged',
  moved: 'the file of the log is no longer under its path',
  stopped: 'writing to the log was stopped',
  closed: 'the log is closed',
};

export const cannotWrite = (reason: CannotWriteReason, cause?: unknown): CannotWrite =>
  new CannotWrite(reason, messages[reason], { cause });

/** What a write threw, where it says that nothing was written because of the file or its lock. */
export function whyNotWritten(error: unknown): CannotWrite | undefined {
  const code = faultCode(error);
  if (code === 'writer-busy') return cannotWrite('busy', error);
  if (code === 'writer-gone') return cannotWrite('moved', error);
  const fault = sqliteFault(error);
  return fault && cannotWrite(fault, error);
}
