import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Latchkey } from '../commands/open-latchkey.ts';
import { verifyLog } from '../eventstore/verify-log.ts';
import { compareWithFreshFold } from '../projections/rebuild.ts';
import { examineEmbeddedLog } from './doctor-embedded.ts';
import { examineServerLog } from './doctor-server.ts';
import { bad, good, type Examination, type Finding } from './finding.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/** Looks at everything, changes no account, and says what is wrong. Exit code 1 where something is. */
export async function doctor(call: Call): Promise<VerbAnswer> {
  const findings = [secretsOf(call)];
  try {
    const latchkey = await call.open();
    for (const examine of examinationsOf(latchkey)) findings.push(await examine());
  } catch (error) {
    findings.push(bad('opening', error instanceof Error ? error.message : String(error)));
  }
  const healthy = findings.every((finding) => finding.good);
  return {
    text: findings.map(lineOf).join('\n'),
    json: { healthy, findings },
    exitCode: healthy ? 0 : 1,
  };
}

const lineOf = ({ about, good: isGood, told }: Finding): string =>
  `${isGood ? 'ok  ' : 'BAD '} ${about.padEnd(12)} ${told}`;

function secretsOf({ environment }: Call): Finding {
  const given = Object.values(environment.secrets).every((secret) => secret !== undefined);
  if (given) return good('secrets', 'given by the environment');
  const made = existsSync(join(environment.dataDir, 'secrets.json'));
  const file = join(environment.dataDir, 'secrets.json');
  return good('secrets', made ? `in ${file}` : `made at this start, in ${file}`);
}

function examinationsOf({ deps, log }: Latchkey): readonly Examination[] {
  const ofItsKind = log.kind === 'server' ? examineServerLog(log) : examineEmbeddedLog(log);
  return [
    async () => good('log', `${await log.logId}, newest position ${await log.store.head()}`),
    ...ofItsKind,
    async () => {
      const { events, streams, broken } = await verifyLog(log.store);
      const [first] = broken;
      return first
        ? bad('chains', `${first.stream} is broken at revision ${first.revision}`)
        : good('chains', `${events} events in ${streams} streams are consistent`);
    },
    async () => {
      const { position, stopped } = log.condition(deps.clock());
      return stopped
        ? bad('projection', `stopped at position ${stopped.position}: ${stopped.reason}`)
        : good('projection', `at position ${position}`);
    },
    async () => {
      const { equal } = await compareWithFreshFold(log.rebuilding);
      return equal
        ? good('lookups', 'equal to a fresh fold (I6)')
        : bad('lookups', 'differ from a fresh fold (I6); run `latchkey rebuild`');
    },
    async () => {
      const open = await deps.vault.keys.finishErasures();
      return open === 0
        ? good('vault', deps.vault.vaultId)
        : bad('vault', `${open} erasures are not finished; a reader kept the file busy`);
    },
  ];
}
