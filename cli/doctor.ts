import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Latchkey } from '../commands/open-latchkey.ts';
import { examineAccounts } from './doctor-accounts.ts';
import { examineEmbeddedLog } from './doctor-embedded.ts';
import { examineLog } from './doctor-log.ts';
import { examineServer, examineServerLog } from './doctor-server.ts';
import { bad, good, type Examination, type Finding } from './finding.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/**
 * Looks at everything, changes no account, and says what is wrong by its number. With `--repair` it puts right what
 * can be, and looks at all of it again. Exit code 1 where something is wrong at the end.
 */
export async function doctor(call: Call): Promise<VerbAnswer> {
  const first = [secretsOf(call), ...(await examineServer(call.environment))];
  try {
    const latchkey = await call.open();
    const findings = await lookAt(latchkey, first);
    if (call.options['repair'] !== true) return answerOf(findings);
    const mended: string[] = [];
    if (findings.some(saysLogIsDamaged)) return answerOf(findings, [leftAlone]);
    for (const { about, mend } of findings) {
      if (mend) mended.push(`${about}: ${await mend().catch(notMended)}`);
    }
    return answerOf(mended.length > 0 ? await lookAt(latchkey, first) : findings, mended);
  } catch (error) {
    return answerOf([...first, bad('opening', textOf(error))]);
  }
}

/** By a log that is damaged, what somebody still needs looks like what nobody names any more. */
const saysLogIsDamaged = ({ about, good: isGood }: Finding): boolean =>
  !isGood && ['noted end', 'file', 'chains', 'looking'].includes(about);

const leftAlone =
  'nothing: the log is damaged, or could not be read whole. Restore it first; by a damaged log, what is needed would be thrown away';

async function lookAt(latchkey: Latchkey, first: readonly Finding[]): Promise<readonly Finding[]> {
  const findings = [...first];
  for (const examine of examinationsOf(latchkey)) {
    findings.push(await examine().catch((error: unknown) => bad('looking', textOf(error))));
  }
  return findings;
}

function answerOf(findings: readonly Finding[], mended: readonly string[] = []): VerbAnswer {
  const healthy = findings.every((finding) => finding.good);
  return {
    text: [...mended.map((told) => `--repair: ${told}`), ...findings.map(lineOf)].join('\n'),
    json: {
      healthy,
      findings: findings.map(({ mend, ...told }) => ({ ...told, mendable: mend !== undefined })),
      mended,
    },
    exitCode: healthy ? 0 : 1,
  };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const notMended = (error: unknown): string => `could not be mended: ${textOf(error)}`;

const lineOf = ({ about, good: isGood, told, mend }: Finding): string =>
  `${isGood ? 'ok  ' : 'BAD '} ${about.padEnd(12)} ${told}${mend ? ' (--repair mends it)' : ''}`;

function secretsOf({ environment }: Call): Finding {
  const given = Object.values(environment.secrets).every((secret) => secret !== undefined);
  if (given) return good('secrets', 'given by the environment');
  const made = existsSync(join(environment.dataDir, 'secrets.json'));
  const file = join(environment.dataDir, 'secrets.json');
  return good('secrets', made ? `in ${file}` : `made at this start, in ${file}`);
}

const examinationsOf = (latchkey: Latchkey): readonly Examination[] => {
  const { deps, log } = latchkey;
  return [
    async () => good('log', `${await log.logId}, newest position ${await log.store.head()}`),
    ...(log.kind === 'server' ? examineServerLog(log) : examineEmbeddedLog(log)),
    ...examineLog(latchkey),
    ...examineAccounts(latchkey),
    async () => {
      const open = await deps.vault.keys.finishErasures();
      return open === 0
        ? good('vault', deps.vault.vaultId)
        : bad('vault', `${open} erasures are not finished; a reader kept the file busy`);
    },
  ];
};
