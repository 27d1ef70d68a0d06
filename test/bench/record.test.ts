import { describe, expect, test } from 'vitest';
import { withTable } from '../../bench/record.ts';

const page = 'before\n<!-- one -->\n\nold\n\n<!-- /one -->\nbetween\n<!-- two -->\n<!-- /two -->\n';

describe('a table that is written into a page', () => {
  test('takes the place of the old one, and nothing else changes', () => {
    expect(withTable(page, 'one', '| new |')).toBe(page.replace('old', '| new |'));
  });

  test('costs dollars what they cost: nothing in it is a pattern', () => {
    expect(withTable(page, 'two', '$& $1')).toContain('<!-- two -->\n\n$& $1\n\n<!-- /two -->');
  });

  test('needs a place of its name', () => {
    expect(() => withTable(page, 'three', '')).toThrow('three');
  });
});
