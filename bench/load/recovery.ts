import type { Bounds } from './bounds.ts';
import type { Seen } from './tally.ts';

/** A second is well again while no more than this share of what was wanted in it came late or not at all. */
const UNWELL = 0.01;

/**
 * How many seconds after `since` (by `performance.now()`) everything was well again and stayed so; 0 where it always was.
 */
export function wellAfter(seen: readonly Seen[], since: number, bounds: Bounds): number {
  const seconds = Map.groupBy(seen, ({ wanted }) => Math.floor((wanted - since) / 1_000));
  const unwell = [...seconds]
    .filter(([, all]) => all.filter((one) => isBad(one, bounds)).length > all.length * UNWELL)
    .map(([second]) => second + 1);
  return Math.max(0, ...unwell);
}

const isBad = ({ end, kind, took }: Seen, bounds: Bounds): boolean =>
  end !== 'answered' || took > bounds[kind];
