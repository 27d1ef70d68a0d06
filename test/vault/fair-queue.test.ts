import { describe, expect, test } from 'vitest';
import { FairQueue } from '../../vault/fair-queue.ts';

function filled(maxWaiting: number, ...jobs: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>(maxWaiting);
  // A job's lane is its first letter.
  for (const job of jobs) queue.push(job.charAt(0), job);
  return queue;
}

const drain = (queue: FairQueue<string>) => Array.from({ length: queue.size }, () => queue.shift());

describe('a fair queue', () => {
  test('lets lanes take turns, first come first served within a lane (H16)', () => {
    const queue = filled(10, 'a1', 'a2', 'a3', 'b1', 'c1', 'b2');

    expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(queue.shift()).toBeUndefined();
  });

  test('gives a newcomer the place of the loudest lane’s newest job (H16)', () => {
    const queue = filled(4, 'a1', 'a2', 'a3', 'b1');

    expect(queue.push('c', 'c1')).toBe('a3');

    expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2']);
  });

  test('turns the loudest lane itself away', () => {
    const queue = filled(4, 'a1', 'a2', 'a3', 'b1');

    expect(queue.push('a', 'a4')).toBe('a4');
    expect(drain(queue)).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  test('holds no more than there are places now, and nobody who waits already goes for that', () => {
    const queue = filled(10, 'a1', 'b1', 'c1');

    expect(queue.push('d', 'd1', 2)).toBe('d1');
    expect(queue.push('d', 'd1', 4)).toBeUndefined();
    expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'd1']);
  });

  test('turns newcomers away where everybody waits with one job', () => {
    const queue = filled(3, 'a1', 'b1', 'c1');

    expect(queue.push('d', 'd1')).toBe('d1');
    expect(queue.size).toBe(3);
  });
});
