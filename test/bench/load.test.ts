import { describe, expect, test } from 'vitest';
import { boundsFor, tooMuch } from '../../bench/load/bounds.ts';
import { highestRate } from '../../bench/load/highest-rate.ts';
import { openLoop } from '../../bench/load/open-loop.ts';
import { wellAfter } from '../../bench/load/recovery.ts';
import { Tally, type Seen } from '../../bench/load/tally.ts';

const bounds = boundsFor(200);
const good: Seen = { kind: 'other', end: 'answered', wanted: 0, took: 10 };

/** A search that knows the truth, and the rates it tried. */
async function searched(limit: number, search = { from: 1, halvings: 3, most: 20 }) {
  const tried: number[] = [];
  const highest = await highestRate(search, async (rate) => {
    tried.push(rate);
    return Promise.resolve(rate <= limit);
  });
  return { highest, tried };
}

describe('the highest rate', () => {
  test('is doubled until one is not good, then the gap is halved', async () => {
    expect(await searched(5.2)).toEqual({ highest: 5, tried: [1, 2, 4, 8, 6, 5, 5.5] });
  });

  test('is looked for below where the first is too much already', async () => {
    expect(await searched(0.3)).toMatchObject({ highest: 0.25 + 0.03125 });
  });

  test('is 0 where none was good, after as many tries as it may make', async () => {
    const { highest, tried } = await searched(0, { from: 1, halvings: 3, most: 4 });

    expect(highest).toBe(0);
    expect(tried).toEqual([1, 0.5, 0.25, 0.125]);
  });
});

describe('people who come at a rate', () => {
  test('come whatever becomes of those before them, and nobody beyond the most', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let came = 0;
    const arriving = openLoop({ rate: 1_000, seconds: 0.01, most: 4 }, () => {
      came += 1;
      if (came === 4) setTimeout(resolve, 400);
      return promise;
    });

    expect(await arriving).toEqual({ came: 4, turnedAway: 6 });
  });

  test('are told when they should have come, however late they can', async () => {
    const wanted: number[] = [];
    await openLoop({ rate: 100, seconds: 0.05, most: 10 }, (at) => {
      wanted.push(at);
      return Promise.resolve();
    });
    const [first = 0] = wanted;

    expect(wanted.map((at) => Math.round(at - first))).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('a rush', () => {
  const rushOf = (seen: readonly Seen[], turnedAway = 0) => {
    const tally = new Tally();
    for (const one of seen) tally.note(one);
    const arrival = { rate: 1, seconds: 1, most: 1 };
    return { arrival, came: 1, turnedAway, guests: [], tally };
  };

  test('is too much when somebody is refused, let down, late or found no place', () => {
    const broken = rushOf([good]);
    broken.tally.broke('GET /: 500');

    expect(tooMuch(rushOf([good]), bounds)).toBeUndefined();
    expect(tooMuch(rushOf([good, { ...good, end: 'refused' }]), bounds)).toBe('1 refused');
    expect(tooMuch(broken, bounds)).toBe('GET /: 500');
    expect(tooMuch(rushOf([good, { ...good, took: 251 }]), bounds)).toContain('251 ms');
    expect(tooMuch(rushOf([good], 1), bounds)).toContain('no place');
  });

  test('may keep people waiting for a hash by as much longer as a hash takes', () => {
    expect(tooMuch(rushOf([{ ...good, kind: 'hashing', took: 450 }]), bounds)).toBeUndefined();
    expect(tooMuch(rushOf([{ ...good, kind: 'hashing', took: 451 }]), bounds)).toContain('hashes');
  });
});

describe('after a storm', () => {
  const at = (second: number, about: Partial<Seen> = {}): Seen => ({
    ...good,
    wanted: 5_000 + second * 1_000,
    ...about,
  });

  test('all is well from the second after the last one who was late or refused', () => {
    const seen = [at(0.1), at(1.5, { end: 'refused' }), at(2.5), at(3.9, { took: 300 }), at(4.2)];

    expect(wellAfter(seen, 5_000, bounds)).toBe(4);
    expect(wellAfter([at(0), at(1)], 5_000, bounds)).toBe(0);
  });

  test('one late answer of a hundred in its second is no illness', () => {
    const second = Array.from({ length: 99 }, () => at(1));

    expect(wellAfter([...second, at(1, { took: 999 })], 5_000, bounds)).toBe(0);
    expect(wellAfter([...second.slice(1), at(1, { took: 999 })], 5_000, bounds)).toBe(2);
  });
});
