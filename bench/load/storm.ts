import { setTimeout as sleep } from 'node:timers/promises';
import type { Bounds } from './bounds.ts';
import { wellAfter } from './recovery.ts';
import type { Doors, Rush } from './rush.ts';
import type { Site } from './site.ts';

/** More people than can be served, and then few again. */
export interface Storm {
  /** Times the highest rate. */
  readonly times: number;
  readonly rush: Rush;
  /** Resident memory of the application in bytes. */
  readonly memory: { readonly before: number; readonly peak: number; readonly after: number };
  /** Seconds after the last of the storm had come, until those who came at the base rate were served as before. */
  readonly wellAfter: number;
  /** People a second afterwards. */
  readonly base: number;
}

export interface StormPlan {
  readonly times: number;
  readonly highest: number;
  readonly seconds: number;
  /** How long people come at the base rate afterwards, in seconds. */
  readonly calm: number;
  readonly most: number;
}

const LOOK_EVERY_MS = 250;

/** Lets the storm come, and from its last moment on people at half of the highest rate. */
export async function weather(
  { site, doors }: { readonly site: Site; readonly doors: Doors },
  { times, highest, seconds, calm, most }: StormPlan,
  bounds: Bounds,
): Promise<Storm> {
  const before = await site.memory();
  const watched = watchMemory(site);
  const base = highest / 2;
  const storm = doors.rush({ rate: highest * times, seconds, most });
  const afterwards = (async () => {
    await sleep(seconds * 1_000);
    const since = performance.now();
    const { tally } = await doors.rush({ rate: base, seconds: calm, most });
    return wellAfter(tally.seen, since, bounds);
  })();
  const [rush, well] = await Promise.all([storm, afterwards]);
  const peak = await watched();
  const after = await site.memory();
  return { times, rush, base, wellAfter: well, memory: { before, peak, after } };
}

/** Looks at the memory again and again; answers, when it is asked to end, the most it saw. */
function watchMemory({ memory }: Site): () => Promise<number> {
  let peak = 0;
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      peak = Math.max(peak, await memory());
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return async () => {
    ended = true;
    await watching;
    return peak;
  };
}
