import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { choosePort } from '../../dev/choose-port.ts';
import { freePort } from '../support/free-port.ts';

async function occupy(port: number, host: string): Promise<void> {
  const server = createServer().listen(port, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

describe('a development server', () => {
  test('takes the first port when it is free', async () => {
    const port = await freePort();

    expect(await choosePort(port, port)).toBe(port);
  });

  test('goes on from a port that is taken', async () => {
    const port = await freePort();
    await occupy(port, '127.0.0.1');

    expect(await choosePort(port, port + 5)).toBeGreaterThan(port);
  });

  test('says so when all are taken', async () => {
    const port = await freePort();
    await occupy(port, '127.0.0.1');

    expect(await choosePort(port, port)).toBeUndefined();
  });
});
