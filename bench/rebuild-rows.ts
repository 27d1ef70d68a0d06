import type { Bench } from './bench.ts';
import type { CrowdSize } from './crowd.ts';
import { inWords, type Crowds } from './crowds.ts';
import type { AmountFigure, RateFigure } from './figures.ts';
import type { Run } from './measure.ts';
import { rebuiltIn } from './rebuilt.ts';

/** Of the rate of what a rebuild cannot do without. */
const aimRate = 0.9;
/** Whatever the log's size, in times of the smaller one's; and in all, in MB. */
const aimGrowth = 1.1;
const aimMemory = 250;

/** Each in processes of their own, in turn. */
export async function rebuildRate(
  { runs }: Bench,
  crowds: Crowds,
  size: CrowdSize,
): Promise<RateFigure> {
  const folder = await crowds.of(size);
  const measured: Run[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { pace: limit } = await rebuiltIn(folder, 'bare');
    const { pace: work } = await rebuiltIn(folder, 'ours');
    measured.push({ work, limit });
  }
  return {
    work: 'rebuild of the lookups',
    load: '',
    cost: inWords(size),
    limit: 'events read, parsed, and the same tables filled',
    measured,
    units: 1,
    aim: aimRate,
  };
}

export async function rebuildMemory(crowds: Crowds, size: CrowdSize): Promise<AmountFigure> {
  const amounts = [await peakOf(crowds, size)];
  const cost = `${inWords(size)}, the most in a process of its own`;
  return { work: 'memory of a rebuild', load: '', cost, amounts, unit: 'MB', aim: aimMemory };
}

/** Memory that a log of ten times as many events takes. */
export async function rebuildGrowth(
  crowds: Crowds,
  small: CrowdSize,
  large: CrowdSize,
): Promise<AmountFigure> {
  return {
    work: 'memory of a rebuild',
    load: '',
    cost: inWords(large),
    amounts: [await peakOf(crowds, large)],
    unit: 'MB',
    beside: { what: inWords(small), amounts: [await peakOf(crowds, small)] },
    aim: aimGrowth,
  };
}

const peakOf = async (crowds: Crowds, size: CrowdSize): Promise<number> =>
  (await rebuiltIn(await crowds.of(size), 'ours')).peak / 1e6;
