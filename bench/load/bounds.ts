import { quantile, type Kind } from './tally.ts';
import type { Rush } from './rush.ts';

/** 99 of 100 answers are there within this, in milliseconds. */
export const PROMPT_MS = 250;

/** How long an answer of each kind may take, in milliseconds. */
export type Bounds = Readonly<Record<Kind, number>>;

/**
 * A hash takes what it takes, by design: an answer that waits for one may take as much longer as it takes when nobody else is
 * there.
 */
export const boundsFor = (loneHash: number): Bounds => ({
  other: PROMPT_MS,
  hashing: PROMPT_MS + loneHash,
});

/** Why a rush was too much, in words; undefined where everybody was served in time. */
export function tooMuch({ tally, turnedAway }: Rush, bounds: Bounds): string | undefined {
  const [firstBroken] = tally.broken.keys();
  if (firstBroken !== undefined) return firstBroken;
  if (tally.refusedAfter.length > 0) return `${tally.refusedAfter.length} refused`;
  if (turnedAway > 0) return `${turnedAway} found no place in the load itself`;
  const late = (['other', 'hashing'] as const).find((kind) => p99(tally.took(kind)) > bounds[kind]);
  return late && `p99 of ${words[late]} ${Math.round(p99(tally.took(late)))} ms`;
}

const words: Readonly<Record<Kind, string>> = { other: 'pages and forms', hashing: 'hashes' };

export const p99 = (values: readonly number[]): number => quantile(values, 0.99);
