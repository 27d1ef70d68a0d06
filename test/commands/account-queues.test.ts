import { describe, expect, test } from 'vitest';
import { AccountQueues } from '../../commands/account-queues.ts';
import { registerUser } from '../../commands/register-user.ts';
import { registration, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Work that ends when it is let go. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, letGo: resolve };
}

describe('the commands of one account', () => {
  test('run one after the other, in the order asked, also behind one that failed', async () => {
    const queues = new AccountQueues();
    const order: number[] = [];
    const wish = (turn: number) => async () => {
      order.push(turn);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(turn);
      if (turn === 1) throw new Error('this one fails');
    };

    const settled = await Promise.allSettled(times(4, (turn) => queues.run('ann', wish(turn))));

    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(order).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test('F25 are told at once to try again behind 100 that wait, and nothing of them runs', async () => {
    const queues = new AccountQueues();
    const { work, letGo } = held();
    const running = queues.run('ann', work);
    const waiting = times(100, (turn) => queues.run('ann', async () => turn));
    let ran = false;

    await expect(
      queues.run('ann', async () => {
        ran = true;
      }),
    ).rejects.toMatchObject({ code: 'try-again' });
    expect(await queues.run('bob', async () => 'of somebody else')).toBe('of somebody else');

    letGo();
    await running;
    expect(await Promise.all(waiting)).toEqual(times(100, (turn) => turn));
    expect(ran).toBe(false);
    expect(await queues.run('ann', async () => 'there is room again')).toBe('there is room again');
  });

  test('are waited for by whoever wants to know when none is left', async () => {
    const queues = new AccountQueues();
    const { work, letGo } = held();
    const done: string[] = [];
    const all = [queues.run('ann', work), queues.run('bob', work)];
    const idle = queues.idle().then(() => done.push('idle'));
    void Promise.all(all).then(() => done.push('settled'));
    expect(done).toEqual([]);

    letGo();
    await idle;
    expect(done).toEqual(['settled', 'idle']);
    await queues.idle();
  });

  test('F25 a person who asks a hundred times too often is told so, and what waited is done', async () => {
    const hung = held();
    const process = await startProcess({ dir: temporaryDirectory() });
    const asked = registration('ann');
    const { deps } = process;
    const hold = deps.queues.run(asked.accountId, hung.work);
    const waiting = times(100, () => deps.queues.run(asked.accountId, async () => undefined));

    await expect(registerUser(deps, asked)).rejects.toMatchObject({ code: 'try-again' });

    hung.letGo();
    await Promise.all([hold, ...waiting]);
    await deps.queues.idle();
    expect((await deps.accounts.load(asked.accountId)).account.status).toBe('absent');
    expect(await registerUser(deps, asked)).toMatchObject({ ok: true });
    await process.close();
  });
});
