import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { formHeaders } from './edge.ts';

type Variables = Readonly<Record<string, string>>;

const own = { PATH: process.env['PATH'], NODE_ENV: 'production', BCRYPT_COST: '4' } as const;

/** A server process of its own, with its own data. */
async function start(variables: Variables = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-start-'));
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'start-stub.ts')], {
    env: { ...own, DATA_DIR: dataDir, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => ({
    code,
    signal,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(dataDir, { recursive: true });
  });
  return { child, said, ended };
}

/** What a start that fails says on its way out. */
async function failing(variables: Variables) {
  const { said, ended } = await start(variables);
  const { code } = await ended;
  return { code, lines: said.err.trimEnd().split('\n') };
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a start that cannot be', () => {
  test.each([
    [{ PORT: 'many' }, 'PORT must be a whole number'],
    [{ ORIGIN: 'https://accounts.example' }, 'LATCHKEY_PEPPER is missing'],
    [{ HOST: '0.0.0.0' }, 'LATCHKEY_MASTER_KEYS is missing'],
    [{ GITHUB_CLIENT_ID: 'half' }, 'GITHUB_CLIENT_SECRET is missing'],
    [{ LATCHKEY_COOKIE_SECRETS: 'short' }, 'LATCHKEY_COOKIE_SECRETS'],
  ])('ends with 1 and one line that names what is wrong: %j', async (variables, words) => {
    const { code, lines } = await failing(variables);

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(words)]);
    expect(lines[0]).toMatch(/^Latchkey cannot start: /);
  });

  test('ends with 1 and one line where the port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');

    const { code, lines } = await failing({ PORT: String(port) });
    other.close();

    expect(code).toBe(1);
    expect(lines).toEqual(['Latchkey cannot start: PORT is taken. Choose another.']);
  });
});

describe('a running server', () => {
  test('says where it is, and under development rules that its secrets are made up', async () => {
    const port = await freePort();
    const { said } = await start({ PORT: String(port) });
    await listening(port);

    expect(said.out).toContain(`Latchkey is at http://localhost:${port}\n`);
    expect(said.out).toContain('secrets');
    expect(said.err).toBe('');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is under way at %s and ends with 0 (F29)',
    async (signal) => {
      const port = await freePort();
      const { child, ended } = await start({ PORT: String(port) });
      await listening(port);
      const origin = `http://localhost:${port}`;
      const open = fetch(`${origin}/page`, {
        method: 'POST',
        headers: formHeaders(origin),
        body: 'a=1',
      });
      await new Promise((resolve) => setTimeout(resolve, 150));

      child.kill(signal);

      expect((await open).status).toBe(200);
      expect(await ended).toEqual({ code: 0, signal: null });
    },
  );
});
