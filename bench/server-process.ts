import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { choosePort } from '../dev/choose-port.ts';
import { paceOf, type Load, type Pacer, type Work } from './measure.ts';
import type { Pulse } from './pulse.ts';

/** Something that serves over loopback, in a process of its own. */
export interface ServerProcess {
  readonly origin: string;
  readonly pulse: () => Promise<Pulse>;
  readonly stop: () => void;
}

/** Begun at one of a thousand, so that two benches beside each other seldom ask for the same. */
const FIRST_PORT = 5_000;
const PORTS = 1_000;

const told = z.union([
  z.object({ origin: z.string() }),
  z.object({ cpu: z.number(), lateness: z.number() }),
]);

export interface Serving {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts a server of `bench/` on a free port, which it is told as PORT, and waits until it serves. It gets none of this
 * shell's variables, and what it prints goes nowhere: a log that is written, and not read.
 */
export async function startServer(
  script: string,
  { args = [], environment = {} }: Serving = {},
): Promise<ServerProcess> {
  const first = FIRST_PORT + randomInt(PORTS);
  const port = await choosePort(first, first + PORTS);
  const own = { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port) } as const;
  const child = fork(join(import.meta.dirname, script), args, {
    env: { ...own, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const started = await nextMessage(child, script);
  if (!('origin' in started)) throw new Error(`${script} did not say where it is`);
  return {
    origin: started.origin,
    pulse: async () => {
      const answered = nextMessage(child, script);
      child.send({ ask: 'pulse' });
      const pulse = await answered;
      if ('origin' in pulse) throw new Error(`${script} told no pulse`);
      return pulse;
    },
    stop: () => child.disconnect(),
  };
}

function nextMessage(child: ChildProcess, script: string): Promise<z.infer<typeof told>> {
  const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof told>>();
  const ended = (code: number | null) => reject(new Error(`${script} ended with ${code}`));
  child.once('exit', ended);
  child.once('message', (sent) => resolve(told.parse(sent)));
  return promise.finally(() => child.off('exit', ended));
}

/** A work asked of a server from here: the rate as its people see it, the processor time of the server alone. */
export const servedBy =
  ({ pulse }: ServerProcess, work: Work): Pacer =>
  async (load: Load) => {
    const before = await pulse();
    const { rate } = await paceOf(work, load);
    const after = await pulse();
    return { rate, cpu: (after.cpu - before.cpu) / load.count };
  };
