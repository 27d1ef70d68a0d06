import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FairSlots, type Lane } from '../../vault/fair-slots.ts';

const stranger = (address: string): Lane => ({ address, known: false });
const known = (address: string): Lane => ({ address, known: true });

/** Slots whose tasks run until they are let go, by name. */
function openSlots(strangerSlots: number, maxWaiting = 100) {
  const running = new Map<string, () => void>();
  const started: string[] = [];
  const run = (task: string) => {
    started.push(task);
    return new Promise<string>((resolve) => running.set(task, () => resolve(task)));
  };
  const longestWaitMs = 1_000;
  const slots = new FairSlots<string, string>({ run, strangerSlots, maxWaiting, longestWaitMs });
  const finish = async (task: string) => {
    running.get(task)?.();
    running.delete(task);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { slots, started, finish };
}

describe('the slots where hashes run', () => {
  test('keep one free for known browsers while strangers flood them (H16)', async () => {
    const { slots, started } = openSlots(2);
    for (let n = 1; n <= 50; n += 1) void slots.take(stranger(`a${n}`), `stranger ${n}`);

    void slots.take(known('b'), 'known');

    expect(started).toEqual(['stranger 1', 'stranger 2', 'known']);
  });

  test('leave strangers their own while known browsers flood them', async () => {
    const { slots, started, finish } = openSlots(2);
    for (let n = 1; n <= 50; n += 1) void slots.take(known(`a${n}`), `known ${n}`);
    void slots.take(stranger('b'), 'stranger');

    expect(started).toEqual(['known 1', 'known 2', 'known 3']);
    await finish('known 1');
    expect(started.at(-1)).toBe('stranger');
  });

  test('serve a quiet address next, however many wait from a loud one (H16)', async () => {
    const { slots, started, finish } = openSlots(1);
    for (let n = 1; n <= 50; n += 1) void slots.take(stranger('loud'), `loud ${n}`);
    void slots.take(stranger('quiet'), 'quiet');

    await finish('loud 1');
    await finish('loud 2');

    expect(started).toEqual(['loud 1', 'loud 2', 'quiet']);
  });

  test('refuse as overloaded what has no place to wait, and go on', async () => {
    const { slots, finish } = openSlots(1, 1);
    const first = slots.take(stranger('a'), 'first');
    const second = slots.take(stranger('a'), 'second');

    await expect(slots.take(stranger('a'), 'third')).rejects.toMatchObject({ code: 'overloaded' });
    await finish('first');
    await finish('second');
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  test('refuse at once who would wait too long, by what jobs took of late (F25)', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { slots, finish } = openSlots(1);
    for (let n = 1; n <= 9; n += 1) {
      void slots.take(stranger('a'), `job ${n}`);
      vi.advanceTimersByTime(400);
      await finish(`job ${n}`);
    }
    void slots.take(stranger('running'), 'running');
    void slots.take(stranger('first'), 'first');
    void slots.take(stranger('second'), 'second');

    const third = slots.take(stranger('third'), 'third');

    await expect(third).rejects.toMatchObject({ code: 'overloaded' });
  });

  test('are idle once everything taken is answered', async () => {
    const { slots, finish } = openSlots(1);
    void slots.take(stranger('a'), 'first');
    void slots.take(stranger('a'), 'second');
    let isIdle = false;
    void slots.idle().then(() => (isIdle = true));

    await finish('first');
    expect(isIdle).toBe(false);
    await finish('second');
    expect(isIdle).toBe(true);
  });

  test('hand on what a hash threw, and are free again', async () => {
    const run = (task: string) =>
      task === 'bad' ? Promise.reject(new Error('worker lost')) : Promise.resolve(task);
    const size = { strangerSlots: 1, maxWaiting: 9, longestWaitMs: 1_000 };
    const slots = new FairSlots<string, string>({ run, ...size });

    await expect(slots.take(stranger('a'), 'bad')).rejects.toThrow('worker lost');
    expect(await slots.take(stranger('a'), 'good')).toBe('good');
  });
});
