import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withTable } from '../../bench/record.ts';
import { sections } from '../../bench/sections.ts';

const page = readFileSync(join(import.meta.dirname, '../../bench/README.md'), 'utf8');

describe('the list of sections', () => {
  test('has every name once', () => {
    const names = sections.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  test.each(sections)('$name has a place for its table in bench/README.md', ({ name }) => {
    expect(withTable(page, name, 'a new table')).toContain('a new table');
  });

  test('takes less than three minutes when it is quick, by its own guess', () => {
    const guesses = sections.filter(({ server }) => !server).map(({ seconds: [quick] }) => quick);

    expect(guesses.reduce((all, seconds) => all + seconds, 0)).toBeLessThan(180);
  });
});
