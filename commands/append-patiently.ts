import { setTimeout as sleep } from 'node:timers/promises';
import { faultCode, type EventStore, type StreamWrite } from '../eventstore/event-store.ts';
import { CopyFault } from './copy-fault.ts';

/**
 * The same append again, until it is known to be written: the store recognises what it has. Throws what the store
 * throws, once that has lasted so many milliseconds where it may pass; CopyFault for what can never be written.
 */
export async function appendPatiently(
  target: EventStore,
  writes: readonly StreamWrite[],
  patienceMs: number,
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (let pause = 50; ; pause = Math.min(2 * pause, 2_000)) {
    try {
      await target.append(writes);
      return;
    } catch (error) {
      if (error instanceof TypeError) throw cannotBeWritten(writes, error);
      const passing = ['unavailable', 'outcome-unknown'].includes(faultCode(error) ?? '');
      if (!passing || performance.now() > giveUpAt) throw error;
    }
    await sleep(pause * (0.5 + Math.random() / 2));
  }
}

function cannotBeWritten(writes: readonly StreamWrite[], cause: TypeError): CopyFault {
  const [{ stream, expected } = { stream: 'nothing', expected: 'none' }] = writes;
  const place = expected === 'none' ? 'as its first' : `after revision ${expected}`;
  const message = `the target cannot take what ${stream} holds ${place}: ${cause.message}`;
  return new CopyFault('copy-refused', message, { cause });
}
