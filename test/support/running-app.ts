import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLOCK = join(import.meta.dirname, 'clock-preload.ts');
const READY_WITHIN = 20_000;
const GONE_WITHIN = 15_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The built application, running as `npm start` runs it, with a store of its own unless it was given one. */
export interface RunningApp {
  readonly origin: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** From the start of the process until it said that it is ready, in milliseconds. */
  readonly readyAfter: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Sets its clock this many milliseconds ahead of the machine's. */
  setClockAhead(milliseconds: number): Promise<void>;
  /** Asks it to end, waits for that, and removes what it stored. Throws if it had to be killed. */
  stop(): Promise<void>;
  /** Kills it at once (kill -9) and waits until it is gone; what it stored stays. */
  kill(): Promise<void>;
}

/** One that was started and may not be ready yet. */
export interface StartingApp extends Omit<RunningApp, 'readyAfter'> {
  /** Waits until it is ready. Throws where it ended instead. */
  ready(): Promise<RunningApp>;
}

/** What outlives a process: given here, it is the caller's to remove. */
export interface AppPlace {
  readonly dataDir?: string | undefined;
  readonly port?: number | undefined;
}

/**
 * Starts the build on a free loopback port and waits until it says that it is ready. `environment` adds to
 * or overrides the variables of this process; variables of the developer's own shell that configure
 * Latchkey are not handed on.
 */
export async function startApp(environment?: Environment, place?: AppPlace): Promise<RunningApp> {
  return (await spawnApp(environment, place)).ready();
}

/** Starts the build, and waits for nothing. */
export async function spawnApp(
  environment: Environment = {},
  place: AppPlace = {},
): Promise<StartingApp> {
  if (!existsSync(join(ROOT, 'build/server/index.js')))
    throw new Error('There is no build to test: run `npm run build` first.');

  const own = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'));
  const { dataDir = join(own, 'data'), port = await freePort() } = place;
  const { clock, setClockAhead } = await clockIn(own);
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', CLOCK, 'app/server/start.js'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...ownEnvironment(),
      LATCHKEY_TEST_CLOCK: clock,
      PORT: String(port),
      DATA_DIR: dataDir,
      ...environment,
    },
  });
  const printed: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const output = () => printed.join('');
  const origin = `http://localhost:${port}`;
  const parts = { origin, dataDir, process: child, output, setClockAhead };
  const app = { ...parts, stop: () => stop(child, own), kill: () => kill(child) };
  return {
    ...app,
    async ready() {
      await ready(child, origin, output);
      return { ...app, readyAfter: performance.now() - started };
    },
  };
}

async function clockIn(directory: string) {
  const clock = join(directory, 'clock');
  const setClockAhead = async (milliseconds: number) => {
    await writeFile(`${clock}-next`, String(milliseconds));
    await rename(`${clock}-next`, clock); // never read half-written
  };
  await setClockAhead(0);
  return { clock, setClockAhead };
}

const ownEnvironment = () => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'production' as const,
  BCRYPT_COST: '4',
  RATE_LIMITS: 'off',
});

async function ready(child: ChildProcess, origin: string, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended instead of starting:\n${output()}`);
    if (await answers(`${origin}/readyz`)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`Not ready within ${READY_WITHIN} ms:\n${output()}`);
}

const answers = (address: string): Promise<boolean> =>
  fetch(address).then(
    (response) => response.ok,
    () => false,
  );

async function kill(child: ChildProcess): Promise<void> {
  if (isGone(child)) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const isGone = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function stop(child: ChildProcess, own: string): Promise<void> {
  let killed = false;
  if (!isGone(child)) {
    const timer = setTimeout(() => {
      killed = true;
      child.kill('SIGKILL');
    }, GONE_WITHIN);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(timer);
  }
  await rm(own, { recursive: true, force: true });
  if (killed) throw new Error(`It did not end within ${GONE_WITHIN} ms of being asked.`);
}
