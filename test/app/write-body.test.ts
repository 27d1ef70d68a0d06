import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { download } from '../../app/download.server.ts';
import { writeBody } from '../../app/server/write-body.ts';

const PIECE = 'x'.repeat(64 * 1024);
const ALL = 2_000;

/** A server whose one answer is 128 MB long, made piece by piece, and what became of it. */
async function served(failAt = Infinity) {
  const told = { made: 0, ended: false, faults: [] as unknown[] };
  async function* pieces() {
    try {
      for (; told.made < ALL; told.made += 1) {
        if (told.made === failAt) throw new Error('the log went away');
        yield PIECE;
      }
    } finally {
      told.ended = true;
    }
  }
  const app = express();
  app.use(compression(), (_request, response) => {
    const answer = async () => {
      const { body } = await download({ type: 'text/csv', fileName: 'x', pieces: pieces() });
      if (body) await writeBody(body, response);
    };
    answer().catch((error: unknown) => told.faults.push(error));
  });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { told, server };
}

async function ask(server: Server, encoding: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, headers: { 'Accept-Encoding': encoding } });
  asked.on('error', () => undefined);
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

/** Until nothing more is made for a while. */
async function still(told: { readonly made: number }): Promise<number> {
  for (let before = -1; before !== told.made;) {
    before = told.made;
    await sleep(300);
  }
  return told.made;
}

const until = async (holds: () => boolean) => {
  while (!holds()) await sleep(10);
};

describe('a long answer', () => {
  test('is made only as fast as the client takes it, and ends when the client leaves', async () => {
    const { told, server } = await served();
    const answer = await ask(server, 'identity');

    // What sockets and pipes hold on the way, and no more.
    expect(await still(told)).toBeLessThan(ALL / 4);

    answer.destroy();
    await until(() => told.ended);
    expect(told.made).toBeLessThan(ALL / 4);
    expect(told.faults).toEqual([]);
  });

  test.each(['identity', 'gzip'])('arrives whole by %s', async (encoding) => {
    const { told, server } = await served();
    const answer = await ask(server, encoding);
    let bytes = 0;
    for await (const piece of answer) bytes += (piece as Buffer).length;
    if (encoding === 'identity') expect(bytes).toBe(ALL * PIECE.length);
    expect(told).toMatchObject({ made: ALL, ended: true, faults: [] });
  });

  test('that fails midway is cut, so that the part is not taken for the whole', async () => {
    const { told, server } = await served(100);
    const answer = await ask(server, 'identity');
    const all = async () => {
      for await (const _piece of answer) void _piece;
    };
    await expect(all()).rejects.toThrow();
    expect(told.faults).toHaveLength(1);
  });

  test('that cannot begin at all is a fault before anything was sent', async () => {
    const pieces = (async function* () {
      await Promise.reject(new Error('no log'));
      yield '';
    })();
    await expect(download({ type: 'text/csv', fileName: 'x', pieces })).rejects.toThrow('no log');
  });
});
