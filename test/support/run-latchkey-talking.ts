import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

interface Talk {
  readonly environment: Readonly<Record<string, string>>;
  /** What is typed once this was said on standard error; undefined: nothing yet. */
  readonly answer: (said: string) => Promise<string | undefined>;
}

/** Runs a verb that asks: each question is answered once, as a line on its standard input. */
export async function runLatchkeyTalking(words: readonly string[], { environment, answer }: Talk) {
  const child = spawn(process.execPath, [join(ROOT, 'cli/latchkey.js'), ...words], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
  });
  let stdout = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (!said.trimEnd().endsWith(':')) return;
    const question = said;
    said = '';
    void answer(question).then((line) => line !== undefined && child.stdin.write(`${line}\n`));
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout };
}
