import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LoopTurns } from '../../app/server/loop-turns.ts';

test('a few begin in one turn of the event loop, the others in the turns after it, in the order of asking', async () => {
  const turns = new LoopTurns();
  const begun: number[] = [];
  const asked = Array.from({ length: 14 }, (_, index) =>
    turns.next().then(() => begun.push(index)),
  );

  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await nextTurn();
  expect(begun).toHaveLength(14);

  await Promise.all(asked);
  expect(begun).toEqual(asked.map((_, index) => index));
});

test('where many wait, each begins in a turn of their own, so that newcomers are heard of', async () => {
  const turns = new LoopTurns();
  let begun = 0;
  const ask = () => turns.next().then(() => (begun += 1));
  const asked = Array.from({ length: 40 }, ask);
  await Promise.resolve();
  expect(begun).toBe(8);

  for (let turn = 1; turn <= 3; turn += 1) {
    await nextTurn();
    expect(begun).toBe(8 + turn);
  }

  await Promise.all(asked);
});

test('who asks while nobody waits begins at once, turn after turn', async () => {
  const turns = new LoopTurns();
  for (let turn = 0; turn < 3; turn += 1) {
    let begun = false;
    void turns.next().then(() => (begun = true));
    await Promise.resolve();
    expect(begun).toBe(true);
    await nextTurn();
  }
});
