import { describe, expect, test } from 'vitest';
import { beside, median, paceOf, takenBeside, type Load } from '../../bench/measure.ts';

describe('a median', () => {
  test.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 10, 2], 3],
    [[100, 9, 20], 20],
  ])('of %j is %d, in whatever order they came', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('a pace', () => {
  test('is of exactly as many as were asked for, with no more under way than the width', async () => {
    let [done, underWay, most] = [0, 0, 0];
    const work = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      done += 1;
    };

    await paceOf(work, { width: 3, count: 10 });

    expect({ done, most }).toEqual({ done: 10, most: 3 });
  });
});

describe('a work beside its limit', () => {
  const asked = (loads: string[], name: string, rate: () => number) => async (load: Load) => {
    loads.push(`${name} ${load.count}`);
    return { rate: rate(), cpu: 2 };
  };

  test('stands between the two halves of it, in every run', async () => {
    const loads: string[] = [];
    const work = asked(loads, 'work', () => 5);
    const limit = asked(loads, 'limit', () => 5);

    await beside({ work, limit, load: { width: 1, count: 11 }, runs: 1 });

    const one = ['limit 6', 'work 11', 'limit 6'];
    expect(loads).toEqual([...one, ...one]);
  });

  test('is not counted where it warms up, and a limit’s rate is that of both halves together', async () => {
    const rates = [1, 1, 30, 60];
    const work = async () => ({ rate: 5, cpu: 2 });
    const limit = async () => ({ rate: rates.shift() ?? 0, cpu: 2 });

    const measured = await beside({ work, limit, load: { width: 1, count: 2 }, runs: 1 });

    // As much at 30 a second as at 60 a second: 40 a second.
    expect(measured).toHaveLength(1);
    expect(measured[0]?.limit.rate).toBeCloseTo(40);
  });
});

describe('what two things take', () => {
  test('is asked in turn, each first in every second run, and not counted where it warms up', async () => {
    const order: string[] = [];
    const taking = (name: string, amounts: number[]) => async () => {
      order.push(name);
      return amounts.shift() ?? 0;
    };

    const taken = await takenBeside({
      work: taking('work', [9, 1, 2]),
      beside: taking('other', [8, 3, 4]),
      runs: 2,
    });

    expect(order).toEqual(['other', 'work', 'work', 'other', 'other', 'work']);
    expect(taken).toEqual({ work: [1, 2], beside: [3, 4] });
  });
});
