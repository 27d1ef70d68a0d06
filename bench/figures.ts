import { z } from 'zod';
import { median, run } from './measure.ts';

const line = {
  work: z.string(),
  /** How many are under way at once; empty where that says nothing. */
  load: z.string(),
  /** What the log is asked for one, what is committed, how much there is. */
  cost: z.string(),
};

/** How fast something goes, held against a limit or a peer. More is better: its aim is "at least". */
export const rateFigure = z.object({
  ...line,
  limit: z.string(),
  measured: z.array(run).min(1),
  /** How often the limit's unit goes into one of the work. */
  units: z.number(),
  /** At least so much of the limit. */
  aim: z.number().optional(),
  /** A share of a limit, or times a peer; by default a share. */
  shown: z.enum(['share', 'times']).optional(),
});

/**
 * How much of something is taken: time, memory, bytes. Less is better: its aim is "no more than". With something
 * beside it, measured in turn with it, the aim is for the times of that; without, for the amount in its own unit.
 */
export const amountFigure = z.object({
  ...line,
  /** One of each run; what a run takes of itself only once may stand alone. */
  amounts: z.array(z.number()).min(1),
  /** `×`: already times something that `cost` names. */
  unit: z.enum(['µs', 'ms', 's', 'kB', 'MB', '×']),
  beside: z.object({ what: z.string(), amounts: z.array(z.number()).min(1) }).optional(),
  /** No more than so much. */
  aim: z.number().optional(),
});

/** One line of a section: a work, what it is held against, and what came out. */
export const figure = z.union([rateFigure, amountFigure]);

/** What was measured together and stands in one table. */
export const section = z.object({
  /** Its place in bench/README.md, and what `--only` calls it. */
  name: z.string(),
  /** What was measured on, beside the machine. */
  versions: z.string(),
  figures: z.array(figure),
});

export type RateFigure = Readonly<z.infer<typeof rateFigure>>;
export type AmountFigure = Readonly<z.infer<typeof amountFigure>>;
export type Figure = RateFigure | AmountFigure;
export type Section = Readonly<z.infer<typeof section>>;

/** What the aim is for, once for each run: of the limit, times a peer, or so much. */
export function judgedValues(figure: Figure): readonly number[] {
  if ('measured' in figure) {
    return figure.measured.map(({ work, limit }) => (work.rate * figure.units) / limit.rate);
  }
  const { amounts, beside } = figure;
  return beside ? amounts.map((amount, index) => amount / (beside.amounts[index] ?? 0)) : amounts;
}

/** Whether the median reaches the aim; nothing where there is none. */
export function aimMet(figure: Figure): boolean | undefined {
  const { aim } = figure;
  if (aim === undefined) return undefined;
  const value = median(judgedValues(figure));
  return 'measured' in figure ? value >= aim : value <= aim;
}
