import { execFileSync, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { pace, type Load, type Pace, type Pacer } from './measure.ts';

const folder = join(import.meta.dirname, 'peers');

/** Something people would pick instead, in a process of its own that measures itself. */
export interface Peer {
  readonly pacer: (verb: string) => Pacer;
  readonly stop: () => void;
}

const message = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ pace }),
  z.object({ failed: z.string() }),
]);

/** Installs the peers where they are missing; nothing else in the project needs them. One of them is compiled. */
export function installPeers(): void {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
}

/** Starts a peer of `bench/peers/` with its data in a folder. */
export async function startPeer(script: string, ...args: readonly string[]): Promise<Peer> {
  const child = fork(join(folder, script), args);
  const answer = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<Pace | undefined>();
    const ended = (code: number | null) => reject(new Error(`${script} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (sent) => {
      const told = message.parse(sent);
      if ('failed' in told) reject(new Error(`${script}: ${told.failed}`));
      else resolve('pace' in told ? told.pace : undefined);
    });
    return promise.finally(() => child.off('exit', ended));
  };
  await answer();
  const ask = async (verb: string, load: Load): Promise<Pace> => {
    const answered = answer();
    child.send({ verb, load });
    const told = await answered;
    if (!told) throw new Error(`${script} told no pace`);
    return told;
  };
  return {
    pacer: (verb) => (load) => ask(verb, load),
    stop: () => child.disconnect(),
  };
}
