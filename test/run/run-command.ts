import { spawn } from 'node:child_process';

/**
 * Runs one line of shell with this process's output. Answers its exit code; 1 when it could not start or
 * was ended, also by us after `limit` milliseconds, with everything it had started.
 */
export function runCommand(
  command: string,
  limit: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command, {
    shell: true,
    detached: ownGroup,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const end = () => endGroup(child.pid, ownGroup);

  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      console.error(`${command}: ended after ${limit / 1000} s`);
      end();
    }, limit);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

    const done = (code: number) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve(code);
    };
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
}

function endGroup(pid: number | undefined, ownGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(ownGroup ? -pid : pid, 'SIGKILL');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault;
  }
}
