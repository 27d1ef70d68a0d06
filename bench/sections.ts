import type { Load } from './measure.ts';

/** How thoroughly a section measures. */
export interface Bench {
  /** Counted ones; one more warms up. */
  readonly runs: number;
  /** Registered before anything is measured. */
  readonly people: number;
  /** How many accounts there are beside a peer's as many. */
  readonly crowds: readonly number[];
  readonly serial: Load;
  readonly several: Load;
  readonly atOnce: Load;
  readonly progress: (doing: string) => void;
}

/** `quick` is for everyday use: a tendency, no figure to quote. */
export const benchOf = (quick: boolean, progress: Bench['progress']): Bench => ({
  runs: quick ? 3 : 5,
  people: 256,
  crowds: quick ? [10_000] : [10_000, 100_000],
  serial: { width: 1, count: quick ? 50 : 100 },
  several: { width: 16, count: quick ? 256 : 512 },
  atOnce: { width: 64, count: quick ? 512 : 1_024 },
  progress,
});
