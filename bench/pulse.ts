import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';

/** What a serving process says of itself when it is asked. */
export interface Pulse {
  /** Processor time of the process since its start, its threads included, in microseconds. */
  readonly cpu: number;
  /** How late its event loop was since it was asked last, in milliseconds: 99 of 100 times less than this. */
  readonly lateness: number;
}

const RESOLUTION_MS = 1;

export const asked = z.object({ ask: z.literal('pulse') });

/**
 * Lets the process that started this one ask for its pulse, and ends this one when the other is gone. A module for both
 * sides of a comparison, so that both are measured alike.
 */
export function tellPulse(origin: string): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  process.on('message', (message) => {
    asked.parse(message);
    const { user, system } = process.cpuUsage();
    // What is counted is the time between two timers, the interval that was asked for included.
    const lateness = Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION_MS);
    delays.reset();
    process.send?.({ cpu: user + system, lateness } satisfies Pulse);
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.({ origin });
}
