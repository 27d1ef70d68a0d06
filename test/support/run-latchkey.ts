import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

/** Runs a verb of the terminal in a process of its own; answers what it printed. Throws where it failed. */
export async function runLatchkey(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'cli/latchkey.js'), ...words],
    { cwd: ROOT, env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment } },
  );
  return stdout;
}

/** Fresh secrets as an operator makes them. */
export async function freshSecrets(): Promise<Readonly<Record<string, string>>> {
  const lines = (await runLatchkey(['init'])).trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
