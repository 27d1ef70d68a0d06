/** Something that can be done again and again. */
export type Work = () => Promise<unknown>;

/** Things done in a second. */
export type Rate = number;

export interface Load {
  /** How many are under way at once. */
  readonly width: number;
  readonly count: number;
}

/** Does the work so many times, so many at once. */
export async function rateOf(work: Work, { width, count }: Load): Promise<Rate> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: width }, worker));
  return count / ((performance.now() - began) / 1_000);
}

export interface Contest {
  readonly work: Work;
  readonly limit: Work;
  readonly load: Load;
  readonly runs: number;
}

export interface Measured {
  readonly rates: readonly Rate[];
  readonly limits: readonly Rate[];
  /** The work's rate over its limit's, run by run. */
  readonly ratios: readonly number[];
}

/**
 * The work beside its limit: in every run half of the limit before the work and half after it, so that what else the
 * machine does meets both. The first run warms up and is not counted.
 */
export async function beside({ work, limit, load, runs }: Contest): Promise<Measured> {
  const half = { ...load, count: Math.ceil(load.count / 2) };
  const measured: { rate: Rate; limit: Rate }[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const before = await rateOf(limit, half);
    const rate = await rateOf(work, load);
    const after = await rateOf(limit, half);
    // Equal halves: the harmonic mean is the rate of both together.
    if (run > 0) measured.push({ rate, limit: 2 / (1 / before + 1 / after) });
  }
  return {
    rates: measured.map(({ rate }) => rate),
    limits: measured.map((run) => run.limit),
    ratios: measured.map((run) => run.rate / run.limit),
  };
}

export const minimum = (values: readonly number[]): number => Math.min(...values);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
}
