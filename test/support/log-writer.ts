import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Acknowledged } from './invariants.ts';

export interface LogWriterOptions {
  readonly path: string;
  readonly name: string;
  /** How many appends; 0: until killed. */
  readonly count: number;
  readonly parallel: number;
  /** Largest file the process may write, in blocks of 512 bytes. */
  readonly fileLimit?: number;
}

/** Another process that appends to the same log. */
export interface LogWriter {
  /** What it was told is written, in the order it heard so. */
  readonly acknowledged: Acknowledged[];
  /** The longest it waited for one append, in milliseconds. */
  readonly slowest: () => number;
  /** The code of the fault that ended it, if one did. */
  readonly ended: () => string | undefined;
  /** Resolves with the first acknowledged append. */
  readonly working: Promise<void>;
  readonly gone: Promise<void>;
  kill(): void;
}

const told = z.object({
  acknowledged: z
    .array(
      z.object({
        stream: z.string(),
        expected: z.union([z.literal('none'), z.number()]),
        events: z.array(z.object({ id: z.string() })),
      }),
    )
    .default([]),
  ms: z.number().default(0),
  ended: z.string().optional(),
});

/** A line that a kill cut off was told to nobody. */
function whole(line: string): z.infer<typeof told> | undefined {
  try {
    return told.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const script = fileURLToPath(new URL('./log-writer-process.ts', import.meta.url));

export function startLogWriter({ fileLimit, ...options }: LogWriterOptions): LogWriter {
  const { path, name, count, parallel } = options;
  const command = [process.execPath, script, path, name, String(count), String(parallel)];
  const limited = ['sh', '-c', `ulimit -f ${fileLimit}; exec "$@"`, 'sh', ...command];
  const [program = '', ...rest] = fileLimit === undefined ? command : limited;
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: Acknowledged[] = [];
  const first = Promise.withResolvers<void>();
  let slowest = 0;
  let ended: string | undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const heard = whole(line);
    if (!heard) return;
    acknowledged.push(...heard.acknowledged);
    slowest = Math.max(slowest, heard.ms);
    ended = heard.ended ?? ended;
    if (acknowledged.length > 0) first.resolve();
  });
  const gone = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => first.resolve());
  return {
    acknowledged,
    slowest: () => slowest,
    ended: () => ended,
    working: first.promise,
    gone,
    kill: () => void child.kill('SIGKILL'),
  };
}
