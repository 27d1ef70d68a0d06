import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import ids from '../ids.json' with { type: 'json' };
import { readPage } from '../support/markdown-tables.ts';
import { carries, testNames } from './test-names.ts';

const ROOT = join(import.meta.dirname, '../..');
const rows = readPage(join(ROOT, 'docs/security.md'))
  .rows.filter(({ heading }) => heading === 'Gaps, and what closes them')
  .map(({ cells }) => ({ id: cells[0] ?? '', file: (cells[3] ?? '').replaceAll('`', '') }));

describe('the table of gaps', () => {
  test.each(rows)('$id is proved where it says: $file', ({ id, file }) => {
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(testNames(file).some((name) => carries(name, id))).toBe(true);
  });

  test('has a row for every gap of the sign-in packages and every attack on linking', () => {
    const expected = [
      ...Array.from({ length: 26 }, (_, index) => `G${index + 1}`),
      ...Array.from({ length: 8 }, (_, index) => `L${index + 1}`),
    ];

    expect(rows.map(({ id }) => id).filter((id) => /^[GL]/.test(id))).toEqual(expected);
    expect(Object.keys(ids).filter((id) => /^[GL]\d+$/.test(id))).toEqual(expected);
  });
});
