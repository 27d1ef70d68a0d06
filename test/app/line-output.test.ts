import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLineOutput } from '../../app/server/line-output.ts';
import { freePort } from '../support/free-port.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-lines-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function opened(path: string): number {
  const descriptor = openSync(path, 'a');
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

describe('the server’s own log', () => {
  test('holds every line whole and in order', async () => {
    const path = join(directory(), 'log');
    const output = createLineOutput(opened(path));
    const lines = Array.from({ length: 2_000 }, (_, place) => `line ${place} ${'é'.repeat(50)}\n`);

    for (const line of lines) output.write(line);
    await output.written();

    expect(readFileSync(path, 'utf8')).toBe(lines.join(''));
  });

  test('F6: on a full disk loses its lines and nothing else', async () => {
    const output = createLineOutput(opened('/dev/full'));

    output.write('one\n');
    await output.written();
    output.write('two\n');

    await expect(output.written()).resolves.toBeUndefined();
    expect(() => output.writeRest()).not.toThrow();
  });

  test('keeps no more than its bound waiting, and says how many lines it dropped', async () => {
    const path = join(directory(), 'log');
    const output = createLineOutput(opened(path), { mostWaitingBytes: 20 });

    for (let place = 0; place < 10; place += 1) output.write(`line ${place}\n`);
    await output.written();
    output.write('after\n');
    await output.written();

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual(['line 0', 'line 1']);
    expect(lines.at(-1)).toBe('after');
    expect(lines.at(-2)).toMatch(/^\{"level":"warn",.*"dropped":\d+/);
  });

  test('F6: a server whose log is on a full disk answers on, and ends when asked', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'start-stub.ts')], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: directory(),
      },
      stdio: ['ignore', openSync('/dev/full', 'a'), 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const healthy = () =>
      fetch(`http://localhost:${port}/nowhere`, { signal: AbortSignal.timeout(2_000) }).then(
        ({ status }) => status,
        () => 0,
      );

    await expect.poll(healthy, { timeout: 10_000 }).toBe(404);
    for (let asked = 0; asked < 20; asked += 1) expect(await healthy()).toBe(404);
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});
