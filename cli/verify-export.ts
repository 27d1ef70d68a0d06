import { readFileSync } from 'node:fs';
import { verifyExport, type ExportProblem, type ExportVerdict } from '../commands/verify-export.ts';
import { publicKey } from '../commands/signed-statement.ts';
import { BadCall, type VerbAnswer } from './run-verb.ts';

/** Checks an export offline: no installation is opened, nothing is asked of anybody. */
export function verifyExportFile(path: string, keyPath: string | undefined): VerbAnswer {
  const verdict = verifyExport(
    readText(path),
    keyPath === undefined ? undefined : readKey(keyPath),
  );
  const { problem, events } = verdict;
  const untouched = !problem && verdict.signature === 'trusted';
  const json = { ...verdict, consistent: !problem, untouched };
  if (problem) return { text: `broken: ${toldOf(problem)}.`, json, exitCode: 1 };
  return { text: `${events} events: ${untouched ? trusted(verdict) : unproved(verdict)}`, json };
}

const trusted = ({ signedAt, keyId }: ExportVerdict): string =>
  `consistent, and untouched since the key you trust (${keyId}) signed their end at ${signedAt}. Sessions, tokens and activity are told, not signed.`;

const unproved = ({ keyId }: ExportVerdict): string =>
  `consistent, which is not untouched: the signature is by key ${keyId}, and anybody can make a key. Give the installation's own with --key.`;

function toldOf(problem: ExportProblem): string {
  switch (problem.what) {
    case 'not-an-export':
      return `this is no export that this program knows (${problem.told})`;
    case 'gap':
      return `revision ${problem.revision} is missing`;
    case 'chain':
      return `the event at revision ${problem.revision} is not what was written`;
    case 'commitment':
      return `the opened text at revision ${problem.revision} is not what was sealed`;
    case 'not-opened':
      return `the event at revision ${problem.revision} is sealed, and its text is left out`;
    case 'unreadable':
      return `the event at revision ${problem.revision} cannot be read`;
    case 'head-differs':
      return 'the signed head is not the end of this history';
    case 'account-differs':
      return 'profile or ways in are not what the history makes';
    case 'signature':
      return 'the signature does not hold, or is not by the key you trust';
  }
}

/** An Ed25519 public key as `latchkey signing-key` prints it. Throws BadCall. */
export function readKey(path: string): string {
  const pem = readText(path);
  if (!publicKey(pem)) throw new BadCall(`${path} holds no Ed25519 public key`);
  return pem;
}

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadCall(`${path} cannot be read`, { cause: error });
  }
}
