import { z } from 'zod';
import { copyLog, type CopiedLog } from '../commands/copy-log.ts';
import type { CopyProgress } from '../commands/two-logs.ts';
import { faultCode } from '../eventstore/event-store.ts';
import { logPlace, ownLogPlace, placeName, type LogPlace } from './log-place.ts';
import { OpenedLogs } from './opened-logs.ts';
import { progress, type Progress } from './progress.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

const options = z.object({
  from: z.string().optional(),
  to: z.string(),
  fromPrefix: z.string().optional(),
  toPrefix: z.string().optional(),
});

/** Copies a log to another place, whole and in order; see docs/decisions/0008-copying-logs.md. */
export async function copy(call: Call): Promise<VerbAnswer> {
  const places = placesOf(call);
  const bars = new PhaseBars(call.interactive);
  const started = performance.now();
  const logs = new OpenedLogs();
  try {
    const source = await logs.source(places.from);
    const target = await logs.target(places.to);
    const copied = await copyLog({ source, target }, { onProgress: bars.tell });
    return answer(copied, places, (performance.now() - started) / 1_000);
  } catch (error) {
    throw inWords(error);
  } finally {
    bars.end();
    await logs.close();
  }
}

interface Places {
  readonly from: LogPlace;
  readonly to: LogPlace;
}

function placesOf(call: Call): Places {
  const words = options.parse(call.options);
  const own = ownLogPlace(call.environment);
  const fromPrefix = words.fromPrefix ?? own.prefix;
  const from =
    words.from === undefined ? { ...own, prefix: fromPrefix } : logPlace(words.from, fromPrefix);
  return { from, to: logPlace(words.to, words.toPrefix ?? own.prefix) };
}

/** What an operator can mend by another call is a bad call; what is away or damaged is a fault. */
function inWords(error: unknown): unknown {
  const mendable = ['copy-refused', 'log-in-use'].includes(faultCode(error) ?? '');
  return mendable && error instanceof Error ? new BadCall(error.message, { cause: error }) : error;
}

function answer(
  { events, streams, already, lookups }: CopiedLog,
  { from, to }: Places,
  seconds: number,
): VerbAnswer {
  const before = already === 0 ? '' : `, ${already} of them by an earlier run`;
  const text = [
    `${events} events in ${streams} streams copied${before}, in ${seconds.toFixed(1)} s.`,
    `from ${placeName(from)}`,
    `to   ${placeName(to)}`,
    'Both logs were read and compared: the same events in the same order, byte for byte, and the same lookups.',
    closing[from.kind],
  ];
  return { text: text.join('\n'), json: { events, streams, already, seconds, lookups } };
}

const closing = {
  file: 'Nobody could write to the source until now. Start the app on the target, and never again on the source.',
  server:
    'Nothing was written to the source between the first look at it and the last; nothing stops a writer from now on. Start the app on the target, and never again on the source.',
} as const;

/** One bar after the other. */
class PhaseBars {
  readonly #interactive: boolean;
  #phase: string | undefined;
  #bar: Progress | undefined;

  constructor(interactive: boolean) {
    this.#interactive = interactive;
  }

  readonly tell = ({ phase, done, total, count }: CopyProgress): void => {
    if (phase !== this.#phase) {
      this.end();
      this.#phase = phase;
      this.#bar = progress(phase, this.#interactive);
    }
    this.#bar?.to(done, total, count);
  };

  end(): void {
    this.#bar?.end();
    this.#bar = undefined;
  }
}
