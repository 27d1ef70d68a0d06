import type { Figure } from './figures.ts';
import type { Load } from './measure.ts';

export type RowsOf = (
  name: string,
  measure: () => Promise<readonly Figure[]>,
) => Promise<readonly Figure[]>;

/** How thoroughly a section measures, and where it says what it does. */
export interface Bench {
  /** Sizes are small, and figures no more than a tendency: a section takes twenty seconds at most, otherwise minutes. */
  readonly quick: boolean;
  /** Counted ones; one more warms up. */
  readonly runs: number;
  /** Registered before anything is measured. */
  readonly people: number;
  /** How many accounts there are beside a peer's as many. */
  readonly crowds: readonly number[];
  readonly serial: Load;
  readonly several: Load;
  readonly atOnce: Load;
  /** Says what is being prepared. */
  readonly progress: (doing: string) => void;
  /** One row, by a name of its own in the section; a row that a stopped run had finished is not measured again. */
  readonly row: (name: string, measure: () => Promise<Figure>) => Promise<Figure>;
  /** Several rows that come out of one measurement, by one name. */
  readonly rows: RowsOf;
}

/** `quick` is for everyday use. */
export const benchOf = (
  quick: boolean,
  { progress, rows }: Pick<Bench, 'progress' | 'rows'>,
): Bench => ({
  quick,
  runs: quick ? 3 : 5,
  people: 256,
  crowds: quick ? [10_000] : [10_000, 100_000],
  serial: { width: 1, count: quick ? 50 : 300 },
  several: { width: 16, count: quick ? 256 : 512 },
  atOnce: { width: 64, count: quick ? 512 : 1_024 },
  progress,
  row: async (name, measure) => {
    const [figure] = await rows(name, async () => [await measure()]);
    if (!figure) throw new Error(`${name} was measured without a figure`);
    return figure;
  },
  rows,
});
