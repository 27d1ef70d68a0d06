import { onTestFinished } from 'vitest';
import type { Verb, VerbAnswer } from '../../cli/run-verb.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment, type Environment } from '../../config/environment.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { logKinds, serverKinds, serverPlace, type LogKind } from './test-logs.ts';

/** The logs that an installation can be opened on from outside. */
export const terminalKinds: readonly LogKind[] = [logKinds[0], ...serverKinds];

/** An installation of its own, and verbs run on it as the terminal runs them, in this process. */
export interface Terminal {
  readonly dir: string;
  readonly environment: Environment;
  run(verb: Verb, words?: readonly string[], options?: Options): Promise<VerbAnswer>;
  /** Opened once for a test's own writes; closed with the test. */
  open(): Promise<Latchkey>;
}

type Options = Readonly<Record<string, string | boolean>>;

export async function terminalOn(
  kind: LogKind,
  {
    dir = temporaryDirectory(),
    env = {},
  }: { dir?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Terminal> {
  const elsewhere = serverKinds.includes(kind) ? await serverPlace(dir, kind) : undefined;
  const environment = readEnvironment({
    DATA_DIR: dir,
    BCRYPT_COST: '4',
    RATE_LIMITS: 'off',
    ...env,
    ...(elsewhere && { EVENTSTORE_URL: elsewhere.url, EVENTSTORE_PREFIX: elsewhere.prefix }),
  });
  const openOne = () =>
    openLatchkey(environment, {
      report: ({ what, error }) => {
        throw new Error(`background work failed: ${what}`, { cause: error });
      },
    });
  let mine: Promise<Latchkey> | undefined;
  onTestFinished(async () => (await mine)?.close());
  return {
    dir,
    environment,
    open: () => (mine ??= openOne()),
    run: async (verb, words = [], options = {}) => {
      const opened: Latchkey[] = [];
      const open = async () => {
        const latchkey = await openOne();
        opened.push(latchkey);
        return latchkey;
      };
      const argument = words[0] ?? '';
      const call = { environment, argument, words, options, interactive: false, open };
      try {
        return await verb(call);
      } finally {
        for (const latchkey of opened) await latchkey.close();
      }
    },
  };
}
