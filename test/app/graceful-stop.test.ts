import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { gracefulStop } from '../../app/server/graceful-stop.ts';
import { formHeaders, startEdge } from './edge.ts';

/** A body whose end waits. */
const slowly = (gate: Promise<void>) =>
  new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from('begun'));
      await gate;
      controller.close();
    },
  });

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
      '/stream': { loader: () => new Response(slowly(gate.promise)), page: false },
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

    expect(Date.now() - began).toBeLessThan(5_000);
    agent.destroy();
  });

  test('closes a connection whose request was only half there', async () => {
    const { edge } = await startWaiting();
    const socket = connect(edge.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /page HTTP/1.1\r\n');
    await sleep(50);

    const stopped = edge.stop();
    socket.write(`Host: localhost:${edge.port}\r\n\r\n`);
    const answer = (await socket.toArray()).join('');

    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    await stopped;
  });

  test('closes a kept-alive connection as soon as its answer, begun before, is over', async () => {
    const { edge, letGo } = await startWaiting();
    const agent = new Agent({ keepAlive: true });
    const headers = { host: `localhost:${edge.port}` };
    const asked = get({ port: edge.port, path: '/stream', headers, agent });
    const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
    response.resume();

    const began = Date.now();
    const stopped = edge.stop();
    letGo();
    await once(response, 'end');
    await stopped;

    expect(Date.now() - began).toBeLessThan(5_000);
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
