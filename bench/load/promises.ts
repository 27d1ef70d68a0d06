import type { Storm } from './storm.ts';

/** What is promised past the highest rate, and whether it was kept. */
export interface Kept {
  readonly promise: string;
  readonly kept: boolean;
  readonly told: string;
}

/** A storm may take so much more resident memory than there was before it, in bytes. */
const MOST_MORE = 256e6;

/** Seconds after a storm until everything is as before. */
const MOST_UNWELL = 20;

export interface Findings {
  readonly highest: number;
  readonly storms: readonly Storm[];
  /** What was acknowledged, and what of it the log does not hold. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doctor: string | undefined;
}

export function promisesOf({ highest, storms, acknowledged, lost, doctor }: Findings): Kept[] {
  const broken = storms.flatMap(({ rush }) => [...rush.tally.broken]);
  const more = Math.max(0, ...storms.map(({ memory }) => memory.peak - memory.before));
  const well = Math.max(0, ...storms.map((storm) => storm.wellAfter));
  return [
    {
      promise: 'somebody is served in time',
      kept: highest > 0,
      told: `up to ${highest} people a second`,
    },
    {
      promise: 'whoever is refused gets 503 with Retry-After, and nothing else goes wrong',
      kept: broken.length === 0,
      told: broken.map(([what, count]) => `${count} × ${what}`).join('; ') || 'nothing else seen',
    },
    {
      promise: 'nothing that was acknowledged is lost',
      kept: lost.length === 0 && doctor === undefined,
      told: doctor ?? (lost.join('; ') || `${acknowledged} found in the log, doctor content`),
    },
    {
      promise: `a storm takes no more than ${MOST_MORE / 1e6} MB of memory`,
      kept: more < MOST_MORE,
      told: `${Math.round(more / 1e6)} MB at most`,
    },
    {
      promise: `it is well again within ${MOST_UNWELL} s`,
      kept: well <= MOST_UNWELL,
      told: `after ${well} s at most`,
    },
  ];
}
