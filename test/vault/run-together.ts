import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder in several processes that go on at the same moment: each says "ready", waits for input,
 * then does its work. One process per list of arguments; answers what each printed. Fails with what one complained.
 */
export async function runTogether(
  script: string,
  argumentLists: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const processes = argumentLists.map((args) => start(script, args));
  await Promise.all(processes.map(({ ready }) => ready));
  for (const { go } of processes) go();
  return Promise.all(processes.map(({ ended }) => ended));
}

function start(script: string, args: readonly string[]) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args]);
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ready = once(child.stdout, 'data');
  const ended = once(child, 'close').then(() => {
    if (said !== '') throw new Error(said);
    return out.replace('ready\n', '');
  });
  return { ready, ended, go: () => child.stdin.end('go') };
}

/** The other side: says that this process is ready and waits for its turn. */
export async function waitToGo(): Promise<void> {
  console.log('ready');
  await once(process.stdin, 'data');
}
