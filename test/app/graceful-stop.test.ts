import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { gracefulStop } from '../../app/server/graceful-stop.ts';
import { formHeaders, startEdge } from './edge.ts';

/** A form whose action waits until the test lets it go. */
async function startWaiting() {
  const gate = Promise.withResolvers<void>();
  let running = 0;
  const edge = await startEdge({
    routes: {
      '/slow': {
        action: async () => {
          running += 1;
          await gate.promise;
          return { done: true };
        },
      },
      '/page': { loader: () => 'page' },
    },
  });
  const send = () =>
    edge.ask('/slow', {
      method: 'POST',
      headers: { ...formHeaders(edge.origin), connection: 'keep-alive' },
      body: 'a=1',
    });
  const runningAre = async (count: number) => {
    while (running < count) await sleep(5);
  };
  return { edge, send, runningAre, letGo: gate.resolve };
}

describe('a stop (F29)', () => {
  test('lets 50 open requests finish, and takes no new one', async () => {
    const { edge, send, runningAre, letGo } = await startWaiting();
    const open = Array.from({ length: 50 }, send);
    await runningAre(50);

    const stopped = edge.stop();
    await expect(edge.ask('/page')).rejects.toThrow('ECONNREFUSED');
    letGo();

    const answers = await Promise.all(open);
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(answers.every(({ headers }) => headers.connection === 'close')).toBe(true);
    await stopped;
  });

  test('does not wait for kept-alive connections that nobody uses', async () => {
    const { edge } = await startWaiting();
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(
      get({ port: edge.port, path: '/page', headers: { host: `localhost:${edge.port}` }, agent }),
      'response',
    )) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');

    const began = Date.now();
    await edge.stop();

    expect(Date.now() - began).toBeLessThan(1_000);
    agent.destroy();
  });

  test('cuts what is left when its time is up', async () => {
    const { edge, send, runningAre, letGo } = await startWaiting();
    const stopSoon = gracefulStop(edge.server, 100);
    const open = send();
    open.catch(() => undefined);
    await runningAre(1);

    await stopSoon();

    await expect(open).rejects.toThrow(/socket hang up|ECONNRESET/);
    letGo();
  });
});
