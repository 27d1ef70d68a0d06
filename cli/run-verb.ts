import { openLatchkey, type Latchkey } from '../commands/open-latchkey.ts';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { printable } from './printable.ts';

/** What a verb is given. */
export interface Call {
  readonly environment: Environment;
  /** What it is about, as typed: the first argument; empty for a verb about nothing. */
  readonly argument: string;
  /** Every argument, in order. */
  readonly words: readonly string[];
  /** By their long names; `true` for one that takes no value. */
  readonly options: Readonly<Record<string, string | boolean>>;
  /** Progress may be drawn: people are watching, and nobody asked for JSON. */
  readonly interactive: boolean;
  /** Opens the installation; closed again after the verb. */
  readonly open: () => Promise<Latchkey>;
}

/** A verb's answer: the same facts for people and for programs. */
export interface VerbAnswer {
  readonly text: string;
  readonly json: unknown;
  /** 0 by default; 1: the answer is bad news. */
  readonly exitCode?: 0 | 1;
}

export type Verb = (call: Call) => Promise<VerbAnswer>;

/** The request cannot be answered as asked: one clear line, exit code 2. */
export class BadCall extends Error {
  readonly code = 'bad-call';
}

const EXIT_FAULT = 3;

/**
 * Runs a verb. Exit codes: 0 done, 1 the answer is bad news, 2 the call was wrong, 3 a fault. Errors go to standard
 * error in one line; with `--json` as a document with `error`.
 */
export async function runVerb(
  verb: Verb,
  { words, options, json }: Pick<Call, 'words' | 'options'> & { readonly json: boolean },
): Promise<void> {
  const opened: Latchkey[] = [];
  try {
    const environment = readEnvironment(process.env);
    const open = async () => {
      const latchkey = await openLatchkey(environment, {
        report: ({ what, error }) => console.error(`${what}: ${messageOf(error)}`),
      });
      opened.push(latchkey);
      return latchkey;
    };
    const interactive = !json && process.stderr.isTTY;
    const answer = await verb({
      environment,
      argument: words[0] ?? '',
      words,
      options,
      interactive,
      open,
    });
    console.log(printable(json ? JSON.stringify(answer.json, null, 2) : answer.text));
    process.exitCode = answer.exitCode ?? 0;
  } catch (error) {
    fail(error, json);
  } finally {
    for (const latchkey of opened) await latchkey.close();
  }
}

function fail(error: unknown, json: boolean): void {
  const message = messageOf(error);
  if (json) console.log(printable(JSON.stringify({ error: message, code: codeOf(error) })));
  else console.error(printable(`latchkey: ${message}`));
  process.exitCode = codeOf(error) === 'bad-call' ? 2 : EXIT_FAULT;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
