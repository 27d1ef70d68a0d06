import { makeSecrets } from '../vault/secrets.ts';
import type { VerbAnswer } from './run-verb.ts';

/** Fresh secrets for a new installation; nothing is stored and nothing is opened. */
export async function init(): Promise<VerbAnswer> {
  const secrets = makeSecrets();
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}`);
  return { text: lines.join('\n'), json: secrets };
}
