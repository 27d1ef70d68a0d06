import { describe, expect, test } from 'vitest';
import { aimMet, type AmountFigure, type RateFigure } from '../../bench/figures.ts';
import { asMarkdown, cellsOf, medianShown } from '../../bench/table.ts';

const run = (work: number, limit: number) => ({
  work: { rate: work, cpu: 20 },
  limit: { rate: limit, cpu: 6 },
});

const rates: RateFigure = {
  work: 'register',
  load: '16',
  cost: '10,000 accounts',
  limit: 'Better Auth’s register',
  measured: [run(2_000, 1_000), run(1_500, 1_000), run(3_000, 1_000)],
  units: 1,
  aim: 2,
  shown: 'times',
};

const memory: AmountFigure = {
  work: 'memory',
  load: '',
  cost: '1,000,000 accounts',
  amounts: [240, 260, 245],
  unit: 'MB',
  aim: 250,
};

const start: AmountFigure = {
  work: 'start',
  load: '',
  cost: 'an empty log',
  amounts: [900, 500, 800],
  unit: 'ms',
  beside: { what: 'a bare Remix start', amounts: [500, 500, 500] },
  aim: 1.5,
};

describe('an aim', () => {
  test('of a rate is met by a median of at least as much, and missed below', () => {
    expect(aimMet(rates)).toBe(true);
    expect(aimMet({ ...rates, aim: 2.01 })).toBe(false);
  });

  test('of an amount is met by a median of no more than that, and missed above', () => {
    expect(aimMet({ ...memory, aim: 245 })).toBe(true);
    expect(aimMet({ ...memory, aim: 244 })).toBe(false);
  });

  test('of an amount with something beside it is for the times of that', () => {
    expect(aimMet(start)).toBe(false);
    expect(aimMet({ ...start, aim: 1.6 })).toBe(true);
  });

  test('counts a limit’s unit as often as it goes into the work', () => {
    expect(aimMet({ ...rates, units: 0.5 })).toBe(false);
  });

  test('is neither where there is none', () => {
    expect(aimMet({ ...memory, aim: undefined })).toBeUndefined();
  });
});

describe('a line of a table', () => {
  test('says of rates the lowest and the median, of what they are times, and that the aim is met', () => {
    expect(cellsOf(rates)).toEqual([
      'register',
      '16',
      '10,000 accounts',
      '1,500 / 2,000 /s',
      'Better Auth’s register: 1,000 / 1,000 /s',
      '1.5 × / 2.0 ×',
      '0.3 × / 0.3 ×',
      '≥ 2.0 ×',
      'yes',
    ]);
  });

  test('says of a share of a limit how many hundredths it is', () => {
    expect(cellsOf({ ...rates, units: 0.25, shown: 'share', aim: 0.6 }).slice(5)).toEqual([
      '38 % / 50 %',
      '8 % / 8 %',
      '≥ 60 %',
      '**no**',
    ]);
  });

  test('says of an amount the highest and the median, and holds it against the aim in its own unit', () => {
    expect(cellsOf(memory).slice(3)).toEqual(['260 MB / 245 MB', '', '', '', '≤ 250 MB', 'yes']);
  });

  test('says of an amount beside another one how many times it is that', () => {
    expect(cellsOf(start).slice(3)).toEqual([
      '900 ms / 800 ms',
      'a bare Remix start: 500 ms / 500 ms',
      '1.80 × / 1.60 ×',
      '',
      '≤ 1.50 ×',
      '**no**',
    ]);
  });
});

test.each([
  ['times a peer', rates, '2.0 ×'],
  ['a share of a limit', { ...rates, units: 0.25, shown: 'share' } as const, '50 %'],
  ['so much', memory, '245 MB'],
  ['times another amount', start, '1.60 ×'],
])('a figure that is %s is quoted by its median', (_, figure, quoted) => {
  expect(medianShown(figure)).toBe(quoted);
});

test('a table has as many cells in every line as in its head, and says when it was measured on what', () => {
  const section = { name: 'some', versions: 'SQLite 3', figures: [rates, memory, start] };

  const finished = { section, on: '2026-11-22' };

  const [first, , ...lines] = asMarkdown(finished, { quick: false }).split('\n');

  expect(first).toMatch(/^2026-11-22, 3 runs\. .+ SQLite 3\.$/);
  expect(asMarkdown(finished, { quick: true })).toContain(', 3 quick runs. ');
  expect(lines).toHaveLength(5);
  expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([11]));
});

test('a table whose figures stand on more runs or fewer says both', () => {
  const figures = [rates, { ...memory, amounts: [240] }];
  const finished = { section: { name: 'some', versions: '', figures }, on: '2026-11-22' };

  expect(asMarkdown(finished, { quick: false })).toContain(', 1 to 3 runs. ');
});
