import { faultCode } from '../eventstore/event-store.ts';
import { TryAgain } from './faults.ts';

/**
 * Runs what follows from an event that stands. `unavailable` says that nothing was written, and that would be a lie by
 * now: it becomes TryAgain, after which nobody is told that nothing was changed.
 */
export async function afterTheEvent<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (faultCode(error) !== 'unavailable') throw error;
    throw new TryAgain('what was asked for stands; what follows from it is not done yet', {
      cause: error,
    });
  }
}
