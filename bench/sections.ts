import type { Load } from './measure.ts';

/** How thoroughly a section measures. */
export interface Bench {
  /** Counted ones; one more warms up. */
  readonly runs: number;
  /** Registered before anything is measured. */
  readonly people: number;
  readonly serial: Load;
  readonly atOnce: Load;
  readonly progress: (doing: string) => void;
}

/** `quick` is for everyday use: a tendency, no figure to quote. */
export const benchOf = (quick: boolean, progress: Bench['progress']): Bench => ({
  runs: quick ? 3 : 5,
  people: 256,
  serial: { width: 1, count: quick ? 50 : 100 },
  atOnce: { width: 64, count: quick ? 512 : 1_024 },
  progress,
});
