import { describe, expect, test } from 'vitest';
import { WaitingPlaces } from '../../vault/waiting-places.ts';

/** Two slots, at most a hundred places, three seconds; and what jobs took. */
function places(...took: readonly number[]): number {
  const waiting = new WaitingPlaces({ slots: 2, most: 100, longestWaitMs: 3_000 });
  for (const one of took) waiting.note(one);
  return waiting.count;
}
const times = (count: number, took: number) => Array.from({ length: count }, () => took);

describe('places to wait', () => {
  test('are as many as two slots serve in the longest wait', () => {
    expect(places(...times(9, 250))).toBe(24);
  });

  test('are never more than the most, however quick jobs are', () => {
    expect(places(...times(9, 1))).toBe(100);
    expect(places(...times(9, 0))).toBe(100);
  });

  test('are one a slot at least, however slow they are', () => {
    expect(places(...times(9, 60_000))).toBe(2);
  });

  test('are the most until enough is known, and the first slow few of quick ones do not matter', () => {
    expect(places(...times(8, 60_000))).toBe(100);
    expect(places(...times(3, 60_000), ...times(6, 1))).toBe(100);
  });

  test('follow what jobs take now', () => {
    expect(places(...times(20, 1), ...times(9, 500))).toBe(12);
  });
});
