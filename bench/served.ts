import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../test/support/free-port.ts';
import { paceOf, type Pacer, type Work } from './measure.ts';

const root = join(import.meta.dirname, '..');

/** A server in a process of its own, as its users would start it. */
export interface Served {
  /** Scheme, host and port. */
  readonly address: string;
  readonly started: Cost & { readonly seconds: number };
  /** What the process has cost since its start. */
  readonly cost: () => Promise<Cost>;
  /** How late its event loop was since this was asked last, in milliseconds: 99 of 100 times no more than this. */
  readonly lateness: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export interface Cost {
  /** Processor time of all its threads, in microseconds. */
  readonly cpu: number;
  /** Resident memory, in bytes. */
  readonly memory: number;
}

export interface Serving {
  /** From the root of the tree. */
  readonly script: string;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes what it prints, as in production. */
  readonly output: string;
  /** Answers once it serves. */
  readonly page: string;
}

const told = z.object({
  cpu: z.object({ user: z.number(), system: z.number() }),
  memory: z.number(),
});
const late = z.object({ lateness: z.number() });

const LOOK_EVERY_MS = 2;
const START_MS = 30_000;

/** Starts a server on a free loopback port, in production mode, and waits until a page of it is answered. */
export async function serve(serving: Serving): Promise<Served> {
  const { script, words = [], environment = {}, output, page } = serving;
  const port = await freePort();
  const printed = openSync(output, 'a');
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', './bench/tell-cost.js', script, ...words], {
    cwd: root,
    stdio: ['ignore', printed, 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...environment,
    },
  });
  closeSync(printed);
  const address = `http://127.0.0.1:${port}`;
  while (!(await answers(`${address}${page}`))) {
    const tooLate = performance.now() - began > START_MS;
    if (tooLate || child.exitCode !== null)
      throw new Error(`${script} does not serve; see ${output}`);
    await sleep(LOOK_EVERY_MS);
  }
  const seconds = (performance.now() - began) / 1_000;
  const { cost, lateness } = questionsTo(child);
  const stop = async () => {
    child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { address, started: { ...(await cost()), seconds }, cost, lateness, stop };
}

/** What `tell-cost.js` answers. */
function questionsTo(child: ChildProcess): Pick<Served, 'cost' | 'lateness'> {
  const ask = async (question: string): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0];
  };
  return {
    cost: async () => {
      const { cpu, memory } = told.parse(await ask('cost'));
      return { cpu: cpu.user + cpu.system, memory };
    },
    lateness: async () => late.parse(await ask('lateness')).lateness,
  };
}

const answers = (page: string): Promise<boolean> =>
  new Promise((resolve) => {
    get(page, { agent: false }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    }).once('error', () => resolve(false));
  });

/** A work asked of a server from here: the rate as people see it, the processor time of the server alone. */
export const servedBy =
  ({ cost }: Pick<Served, 'cost'>, work: Work): Pacer =>
  async (load) => {
    const before = await cost();
    const { rate } = await paceOf(work, load);
    const after = await cost();
    return { rate, cpu: (after.cpu - before.cpu) / load.count };
  };
