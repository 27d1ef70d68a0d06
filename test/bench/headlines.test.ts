import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../bench/figures.ts';
import { headlines, withHeadlines } from '../../bench/headlines.ts';
import { sections } from '../../bench/sections.ts';

const page = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** A row that is so many times what stands beside it. */
const rowOf = ({ work, load, limit }: (typeof headlines)[number], times: number): Figure => ({
  work,
  load,
  cost: '',
  limit,
  measured: [{ work: { rate: times, cpu: 1 }, limit: { rate: 1, cpu: 1 } }],
  units: 1,
  shown: 'times',
});

describe.each(headlines)('the figure $name of README.md', (headline) => {
  const section = { name: headline.section, versions: '' };

  test('is one of a section that there is', () => {
    expect(sections.map(({ name }) => name)).toContain(headline.section);
  });

  test('is the median of its own row', () => {
    const figures = headlines
      .filter(({ section: name }) => name === headline.section)
      .flatMap((one) => [
        rowOf({ ...one, load: '64' }, 111),
        rowOf({ ...one, work: 'other' }, 222),
        rowOf({ ...one, limit: 'other' }, 222),
        rowOf(one, one === headline ? 77 : 333),
      ]);

    const changed = withHeadlines(page, { ...section, figures });

    expect(changed).toContain(`<!-- ${headline.name} -->77 ×<!-- /${headline.name} -->`);
    expect(changed).not.toMatch(/111|222/);
  });

  test('is not forgotten where its row has another name', () => {
    expect(() => withHeadlines(page, { ...section, figures: [] })).toThrow('has no row for');
  });
});

test('a section of which README.md shows nothing leaves it as it is', () => {
  expect(withHeadlines(page, { name: 'none', versions: '', figures: [] })).toBe(page);
});
