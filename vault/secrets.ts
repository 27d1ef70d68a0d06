import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MasterKey } from './master-keys.ts';
import { readSecretTexts, type SecretTexts } from './secret-texts.ts';
import { openSecretsFile } from './secrets-file.ts';
import { VaultFault } from './vault-fault.ts';

/** Everything that must stay secret and come from outside the files that it protects. */
export interface Secrets {
  /** Newest first. */
  readonly masterKeys: readonly MasterKey[];
  /** The claim key, 32 bytes. */
  readonly pepper: Buffer;
  /** The first signs, all verify. Never used as they are: keys derive from them by purpose (H18). */
  readonly cookieSecrets: readonly Buffer[];
  /** The file that made-up secrets are in, and whether this start made it; null where all were given. */
  readonly file: { readonly path: string; readonly isNew: boolean } | null;
}

export interface SecretsOptions {
  /** As the environment gives them. */
  readonly given: { readonly [Name in keyof SecretTexts]?: string | undefined };
  /** Whether development rules hold: then what is missing is made up, once, in `secrets.json`. */
  readonly development: boolean;
  /** Directory of `secrets.json`. */
  readonly dataDir: string;
}

const variables: Readonly<Record<keyof SecretTexts, string>> = {
  masterKeys: 'LATCHKEY_MASTER_KEYS',
  pepper: 'LATCHKEY_PEPPER',
  cookieSecrets: 'LATCHKEY_COOKIE_SECRETS',
};

/**
 * Reads the secrets. Throws `secrets-missing`, naming each variable and the command that prints fresh ones,
 * where some are not there and development rules do not hold; `secrets-invalid` for one in a wrong form.
 */
export function openSecrets({ given, development, dataDir }: SecretsOptions): Secrets {
  const { masterKeys, pepper, cookieSecrets } = given;
  if (masterKeys !== undefined && pepper !== undefined && cookieSecrets !== undefined) {
    return { ...readSecretTexts({ masterKeys, pepper, cookieSecrets }), file: null };
  }
  if (!development) throw missing(given);
  const path = join(dataDir, 'secrets.json');
  const { texts, isNew } = openSecretsFile(path, makeSecretTexts);
  const present = Object.fromEntries(
    Object.entries(given).filter(([, text]) => text !== undefined),
  );
  return { ...readSecretTexts({ ...texts, ...present }), file: { path, isNew } };
}

/** Fresh secrets, by the names of their variables. `latchkey init` prints them. */
export function makeSecrets(): Readonly<Record<string, string>> {
  const texts = makeSecretTexts();
  return {
    [variables.masterKeys]: texts.masterKeys,
    [variables.pepper]: texts.pepper,
    [variables.cookieSecrets]: texts.cookieSecrets,
  };
}

function makeSecretTexts(): SecretTexts {
  const random = () => randomBytes(32).toString('base64url');
  // A name of its own, so that a vault can say which key it misses.
  const masterKeyId = `m-${randomBytes(4).toString('hex')}`;
  return { masterKeys: `${masterKeyId}:${random()}`, pepper: random(), cookieSecrets: random() };
}

function missing(given: SecretsOptions['given']): VaultFault {
  const names = [
    given.masterKeys === undefined ? [variables.masterKeys] : [],
    given.pepper === undefined ? [variables.pepper] : [],
    given.cookieSecrets === undefined ? [variables.cookieSecrets] : [],
  ].flat();
  return new VaultFault(
    'secrets-missing',
    `${names.join(', ')} must be set. \`npm run latchkey -- init\` prints fresh secrets.`,
  );
}
