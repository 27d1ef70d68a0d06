import { faultCode, StoreFault, type Position } from './event-store.ts';

/** The event that cannot be trusted, where one can be named. */
export interface DamagedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** What the log holds is not what was written. Nothing is repaired or left out silently. */
export class LogDamaged extends StoreFault {
  readonly event: DamagedEvent | undefined;

  constructor(message: string, event?: DamagedEvent, options?: ErrorOptions) {
    super('log-damaged', message, options);
    this.event = event;
  }
}

/** By its code, as every fault. */
export const isLogDamaged = (error: unknown): error is LogDamaged =>
  faultCode(error) === 'log-damaged';
