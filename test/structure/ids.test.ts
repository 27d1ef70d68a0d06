import { describe, expect, test } from 'vitest';
import ids from '../ids.json' with { type: 'json' };
import { sourceFiles } from './source-tree.ts';
import { carries, testNames } from './test-names.ts';

const names = sourceFiles()
  .filter((file) => /\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('test/structure/'))
  .flatMap((file) => testNames(file));

describe('a fault, invariant, hole or advisory that we say is closed', () => {
  test('has a test that carries its id', () => {
    const without = Object.entries(ids)
      .filter(([id]) => !names.some((name) => carries(name, id)))
      .map(([id, what]) => `${id}: ${what}`);

    expect(without).toEqual([]);
  });
});

describe('a test’s name', () => {
  test('is read from test, it and describe, with and without a table', () => {
    const text =
      "describe('F1', () => { test.each([1])('I2 %s', () => {}); test(`H3 ${x}`, () => {}); });";

    expect(testNames('x.test.ts', text)).toEqual(['F1', 'I2 %s', 'H3  … ']);
  });

  test('carries an id only as a word of its own', () => {
    expect(carries('is whole (F1, I2)', 'F1')).toBe(true);
    expect(carries('allauth 65.8.1: stays', 'allauth 65.8.1')).toBe(true);
    expect(carries('F10 has one winner', 'F1')).toBe(false);
    expect(carries('allauth 65.8.11', 'allauth 65.8.1')).toBe(false);
    expect(carries('CVE-2025-222280', 'CVE-2025-22228')).toBe(false);
  });
});
