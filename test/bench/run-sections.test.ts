import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bench } from '../../bench/bench.ts';
import type { Figure } from '../../bench/figures.ts';
import { runSections } from '../../bench/run-sections.ts';
import type { BenchSection } from '../../bench/sections.ts';
import { UnfinishedRun } from '../../bench/unfinished-run.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let path = '';
let did: string[] = [];
let broken: string | undefined;
beforeEach(() => {
  path = join(temporaryDirectory(), 'full.json');
  [did, broken] = [[], undefined];
});

/** Measures its rows one after the other; the `broken` one is where a run is stopped. */
const sectionOf = (name: string, rows: readonly string[]): BenchSection => ({
  name,
  seconds: [1, 10],
  measure: async (bench: Bench) => {
    const figures: Figure[] = [];
    did.push(`opens ${name}`);
    for (const work of rows) {
      const measure = async (): Promise<Figure> => {
        if (work === broken) throw new Error('stopped');
        did.push(work);
        return { work, load: '', cost: '', amounts: [1], unit: 'ms' };
      };
      figures.push(await bench.row(work, measure));
    }
    return { name, versions: 'none', figures };
  },
});

const sections = [sectionOf('first', ['a', 'b']), sectionOf('second', ['c', 'd'])];

async function runAll({ quick = false, all = sections, of = 'code' } = {}): Promise<string[]> {
  const shown: string[] = [];
  await runSections({
    sections: all,
    quick,
    unfinished: quick ? undefined : new UnfinishedRun(path, of),
    progress: { begin: () => undefined, doing: () => undefined, end: () => undefined },
    show: ({ section }, { runs }) =>
      shown.push(`${section.name}: ${section.figures.map(({ work }) => work).join('')}, ${runs}`),
  });
  return shown;
}

describe('a run', () => {
  test('shows every section with all its rows, and leaves no file', async () => {
    expect(await runAll()).toEqual(['first: ab, 5', 'second: cd, 5']);
    expect(existsSync(path)).toBe(false);
  });

  test('that was stopped goes on where it was, and shows what was measured before with the rest', async () => {
    broken = 'd';
    await expect(runAll()).rejects.toThrow('stopped');
    [did, broken] = [[], undefined];

    expect(await runAll()).toEqual(['first: ab, 5', 'second: cd, 5']);
    expect(did).toEqual(['opens second', 'd']);
  });

  test('that goes on with other code measures everything again', async () => {
    broken = 'd';
    await expect(runAll()).rejects.toThrow('stopped');
    [did, broken] = [[], undefined];

    await runAll({ of: 'other code' });

    expect(did).toEqual(['opens first', 'a', 'b', 'opens second', 'c', 'd']);
  });

  test('that is quick keeps nothing for another', async () => {
    broken = 'd';
    await expect(runAll({ quick: true })).rejects.toThrow('stopped');

    expect(existsSync(path)).toBe(false);
  });

  test('refuses two rows of one name, of which the second would be taken for the first', async () => {
    const all = [sectionOf('first', ['a', 'a'])];

    await expect(runAll({ all })).rejects.toThrow('two rows called a');
  });

  test('goes on after several rows of one measurement with all of them', async () => {
    const rowOf = (work: string): Figure => ({
      work,
      load: '',
      cost: '',
      amounts: [1],
      unit: 'ms',
    });
    const measure = async ({ rows }: Bench) => {
      const both = await rows('both', async () => [rowOf('a'), rowOf(did.push('both') ? 'b' : '')]);
      if (broken) throw new Error(broken);
      return { name: 'first', versions: 'none', figures: [...both] };
    };
    const all = [{ name: 'first', seconds: [1, 10] as const, measure }];
    broken = 'stopped';
    await expect(runAll({ all })).rejects.toThrow('stopped');
    broken = undefined;

    expect(await runAll({ all })).toEqual(['first: ab, 5']);
    expect(did).toEqual(['both']);
  });

  test('lets two sections have a row of one name', async () => {
    const all = [sectionOf('first', ['a']), sectionOf('second', ['a'])];

    await runAll({ all });

    expect(did).toEqual(['opens first', 'a', 'opens second', 'a']);
  });
});
