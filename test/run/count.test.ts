import { describe, expect, test } from 'vitest';
import { closingLine, countExit, countPlaywright, countVitest, sum } from './count.ts';

const vitest = (numbers: object = {}, testResults: object[] = []) => ({
  ...{ numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
  ...numbers,
  testResults,
});
const playwright = (stats: object = {}, errors: object[] = []) => ({
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

describe('a unit run', () => {
  test('counts what passed and what failed', () => {
    expect(countVitest(vitest({ numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2 });
    expect(countVitest(vitest(), 0)).toEqual({ passed: 3, failed: 0 });
  });

  test('counts a file that could not be loaded', () => {
    const unloaded = { status: 'failed', assertionResults: [] };

    expect(countVitest(vitest({}, [unloaded]), 1)).toEqual({ passed: 3, failed: 1 });
  });

  test.each([
    ['left no report', undefined, 0],
    ['ran no test', vitest({ numPassedTests: 0 }), 0],
    ['ended badly after green tests', vitest(), 1],
    ['set a test aside', vitest({ numPendingTests: 1 }), 0],
    ['has a test to be written', vitest({ numTodoTests: 1 }), 0],
  ])('fails when it %s', (_when, report, exitCode) => {
    expect(countVitest(report, exitCode).failed).toBe(1);
  });
});

describe('a browser run', () => {
  test('counts what passed and what failed', () => {
    expect(countPlaywright(playwright({ unexpected: 2 }), 1)).toEqual({ passed: 3, failed: 2 });
    expect(countPlaywright(playwright(), 0)).toEqual({ passed: 3, failed: 0 });
  });

  test.each([
    ['left no report', undefined, 1],
    ['ran no test', playwright({ expected: 0 }), 0],
    ['ended badly after green tests', playwright(), 1],
    ['set a test aside', playwright({ skipped: 1 }), 0],
    ['passed only when tried again', playwright({ flaky: 1 }), 0],
    ['could not load a file', playwright({}, [{ message: 'x' }]), 1],
  ])('fails when it %s', (_when, report, exitCode) => {
    expect(countPlaywright(report, exitCode).failed).toBe(1);
  });
});

describe('all suites together', () => {
  test('are added up into one plain line', () => {
    const total = sum([countExit(0), countExit(2), { passed: 40, failed: 2 }]);

    expect(closingLine(total)).toBe('41 passed, 3 failed');
  });

  test('fail when there were none', () => {
    expect(sum([]).failed).toBe(1);
  });
});
