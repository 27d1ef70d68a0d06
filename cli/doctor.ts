import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Latchkey } from '../commands/open-latchkey.ts';
import { verifyLog } from '../eventstore/verify-log.ts';
import { z } from 'zod';
import { compareWithFreshFold } from '../projections/rebuild.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

interface Finding {
  readonly about: string;
  readonly good: boolean;
  readonly told: string;
}

type Examination = (latchkey: Latchkey) => Promise<Finding>;

const good = (about: string, told: string): Finding => ({ about, good: true, told });
const bad = (about: string, told: string): Finding => ({ about, good: false, told });

/** Looks at everything, changes no account, and says what is wrong. Exit code 1 where something is. */
export async function doctor(call: Call): Promise<VerbAnswer> {
  const findings = [secretsOf(call)];
  try {
    const latchkey = await call.open();
    for (const examine of examinations) findings.push(await examine(latchkey));
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

const answer = z.coerce.string();

const pragma = ({ db }: Latchkey['store'], name: string): string =>
  answer.parse(Object.values(db.get(`PRAGMA ${name}`) ?? {})[0]);

const lineOf = ({ about, good: isGood, told }: Finding): string =>
  `${isGood ? 'ok  ' : 'BAD '} ${about.padEnd(12)} ${told}`;

function secretsOf({ environment }: Call): Finding {
  const given = Object.values(environment.secrets).every((secret) => secret !== undefined);
  if (given) return good('secrets', 'given by the environment');
  const made = existsSync(join(environment.dataDir, 'secrets.json'));
  const file = join(environment.dataDir, 'secrets.json');
  return good('secrets', made ? `in ${file}` : `made at this start, in ${file}`);
}

const examinations: readonly Examination[] = [
  async ({ store, logId }) => good('log', `${logId}, newest position ${await store.head()}`),
  async ({ store }) => {
    const writable = await store.writable();
    return writable.writable ? good('writing', 'possible') : bad('writing', writable.message);
  },
  async ({ store }) => {
    const journal = pragma(store, 'journal_mode');
    const synchronous = pragma(store, 'synchronous');
    const told = `journal_mode=${journal}, synchronous=${synchronous}`;
    return journal === 'wal' && synchronous === '2' ? good('pragmas', told) : bad('pragmas', told);
  },
  async ({ store }) => {
    const found = pragma(store, 'integrity_check(1)');
    return found === 'ok' ? good('file', 'structure is whole') : bad('file', found);
  },
  async ({ store }) => {
    const { events, streams, broken } = await verifyLog(store);
    const [first] = broken;
    return first
      ? bad('chains', `${first.stream} is broken at revision ${first.revision}`)
      : good('chains', `${events} events in ${streams} streams are consistent`);
  },
  async ({ deps }) => {
    const { position, stopped } = deps.lookups.state();
    return stopped
      ? bad('projection', `stopped at position ${stopped.position}: ${stopped.reason}`)
      : good('projection', `at position ${position}`);
  },
  async ({ rebuilding }) => {
    const { equal } = await compareWithFreshFold(rebuilding);
    return equal
      ? good('lookups', 'equal to a fresh fold (I6)')
      : bad('lookups', 'differ from a fresh fold (I6); run `latchkey rebuild`');
  },
  async ({ deps }) => {
    const open = await deps.vault.keys.finishErasures();
    return open === 0
      ? good('vault', deps.vault.vaultId)
      : bad('vault', `${open} erasures are not finished; a reader kept the file busy`);
  },
];
