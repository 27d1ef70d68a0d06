import { pino, type DestinationStream, type Logger } from 'pino';
import type { Environment } from '../../config/environment.ts';
import { codeOf } from '../fault-answer.ts';

export type { Logger } from 'pino';

/** JSON lines into the output given. Nothing personal goes in: see describeFault. */
export function createLogger(
  level: Environment['logLevel'],
  destination: DestinationStream,
): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeFault },
  };
  return pino(options, destination);
}

export interface FaultDescription {
  readonly type: string;
  readonly code?: string;
  /** Only of our own faults, whose messages hold nothing personal by rule. */
  readonly message?: string;
  /** SQLite's own words for its result code. */
  readonly detail?: string;
  readonly stack?: readonly string[];
  readonly cause?: FaultDescription;
}

const OUR_CODE = /^[a-z]+(-[a-z]+)*$/;
const DEEPEST = 3;

/**
 * A fault as the log may hold it: type, code, where. Foreign messages stay out, because they quote what they
 * choked on: JSON.parse its input, a client library the whole answer (security 2.10).
 */
export function describeFault(error: unknown, depth = 0): FaultDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = codeOf(error);
  const ours = code !== undefined && OUR_CODE.test(code);
  const detail = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : undefined;
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(ours && { message: error.message }),
    ...(detail !== undefined && { detail }),
    stack: framesOf(error),
    ...(error.cause !== undefined &&
      depth < DEEPEST && { cause: describeFault(error.cause, depth + 1) }),
  };
}

/** The first lines of a stack repeat the message, so only the places are kept. */
const framesOf = ({ stack }: Error): readonly string[] =>
  (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
