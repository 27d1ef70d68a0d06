import { z } from 'zod';

/** Something that can be done again and again. */
export type Work = () => Promise<unknown>;

export const pace = z.object({
  /** Things done in a second. */
  rate: z.number(),
  /** What one of them took of this process's processor time, in microseconds; a busy machine spoils it least. */
  cpu: z.number(),
});
export type Pace = Readonly<z.infer<typeof pace>>;

export interface Load {
  /** How many are under way at once. */
  readonly width: number;
  readonly count: number;
}

/** Does something at a load, here or in a process of its own, and says how fast it went. */
export type Pacer = (load: Load) => Promise<Pace>;

export const here =
  (work: Work): Pacer =>
  (load) =>
    paceOf(work, load);

/** Does the work so many times, so many at once. */
export async function paceOf(work: Work, { width, count }: Load): Promise<Pace> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await Promise.all(Array.from({ length: width }, worker));
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - began) / 1_000;
  return { rate: count / seconds, cpu: (user + system) / count };
}

export interface Contest {
  readonly work: Pacer;
  /** What it is held against: a limit of the machine, or a peer. */
  readonly limit: Pacer;
  readonly load: Load;
  /** Where the limit's unit is another than the work's. */
  readonly limitLoad?: Load;
  readonly runs: number;
}

/** A work and its limit, in one run. */
export const run = z.object({ work: pace, limit: pace });
export type Run = Readonly<z.infer<typeof run>>;

/**
 * The work beside its limit: in every run half of the limit before the work and half after it, so that what else the
 * machine does meets both. The first run warms up and is not counted.
 */
export async function beside({
  work,
  limit,
  load,
  limitLoad = load,
  runs,
}: Contest): Promise<Run[]> {
  const half = { ...limitLoad, count: Math.ceil(limitLoad.count / 2) };
  const measured: Run[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const before = await limit(half);
    const between = await work(load);
    const after = await limit(half);
    if (run > 0) measured.push({ work: between, limit: together(before, after) });
  }
  return measured;
}

/** What something takes of time, memory or bytes, when it is done once. */
export type Taking = () => Promise<number>;

/** What two things take, in turn, in every second run the other one first. The first run warms up and is not counted. */
export async function takenBeside({
  work,
  beside: other,
  runs,
}: {
  readonly work: Taking;
  readonly beside: Taking;
  readonly runs: number;
}): Promise<{ readonly work: number[]; readonly beside: number[] }> {
  const taken: { work: number[]; beside: number[] } = { work: [], beside: [] };
  for (let run = 0; run <= runs; run += 1) {
    const first = run % 2 === 0 ? await other() : undefined;
    const amount = await work();
    const its = first ?? (await other());
    if (run === 0) continue;
    taken.work.push(amount);
    taken.beside.push(its);
  }
  return taken;
}

/** Of two equal halves. */
const together = (one: Pace, other: Pace): Pace => ({
  rate: 2 / (1 / one.rate + 1 / other.rate),
  cpu: (one.cpu + other.cpu) / 2,
});

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
