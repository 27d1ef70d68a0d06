import { benchOf, type Bench } from './bench.ts';
import type { Guess, Progress } from './progress.ts';
import type { BenchSection } from './sections.ts';
import type { FinishedSection, UnfinishedRun } from './unfinished-run.ts';

export interface BenchRun {
  readonly sections: readonly BenchSection[];
  readonly quick: boolean;
  /** A run that goes on later; a quick one always begins anew. */
  readonly unfinished: UnfinishedRun | undefined;
  readonly progress: Progress;
  /** A section is measured, or had been by the run that goes on. */
  readonly show: (finished: FinishedSection, bench: Bench) => void;
}

/** Measures sections one after the other, but not again what an unfinished run has measured already. */
export async function runSections(asked: BenchRun): Promise<void> {
  const seconds = asked.sections.map((one) => one.seconds[asked.quick ? 0 : 1]);
  const total = sum(seconds);
  for (const [index, one] of asked.sections.entries()) {
    const guess = { before: sum(seconds.slice(0, index)), section: seconds[index] ?? 0, total };
    const bench = benchFor(one.name, asked);
    const finished =
      asked.unfinished?.section(one.name) ?? (await measured(one, { ...asked, bench, guess }));
    asked.show(finished, bench);
  }
  asked.unfinished?.end();
}

function benchFor(name: string, { quick, unfinished, progress }: BenchRun): Bench {
  const names = new Set<string>();
  return benchOf(quick, {
    progress: (doing) => progress.doing(doing),
    rows: async (row, measureRows) => {
      if (names.has(row)) throw new Error(`${name} has two rows called ${row}`);
      names.add(row);
      const measure = async () => {
        progress.doing(row);
        return measureRows();
      };
      return unfinished ? unfinished.rows(`${name}: ${row}`, measure) : measure();
    },
  });
}

async function measured(
  { name, measure }: BenchSection,
  {
    bench,
    guess,
    progress,
    unfinished,
  }: BenchRun & { readonly bench: Bench; readonly guess: Guess },
): Promise<FinishedSection> {
  progress.begin(name, guess);
  try {
    const section = await measure(bench);
    const finished = { section, on: new Date().toISOString().slice(0, 10) };
    unfinished?.finished(finished);
    return finished;
  } finally {
    progress.end();
  }
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
