import { codeOf } from '../fault-answer.ts';

const OURS = /^[a-z]+(-[a-z]+)*$/;

/** Why the server cannot start, in one line that says what to do about it. */
export function startProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'Latchkey cannot start.';
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return 'Latchkey cannot start: PORT is taken. Choose another.';
  if (code === 'EADDRNOTAVAIL') return 'Latchkey cannot start: HOST is no address of this machine.';
  if (code === 'EACCES') return 'Latchkey cannot start: PORT or DATA_DIR is not open to this user.';
  if (code !== undefined && OURS.test(code))
    return `Latchkey cannot start: ${oneLine(error.message)}`;
  return `Latchkey cannot start: ${error.name}: ${oneLine(error.message)}`;
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');
