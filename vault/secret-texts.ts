import type { MasterKey } from './master-keys.ts';
import { VaultFault } from './vault-fault.ts';

/** The secrets as they are written down. */
export interface SecretTexts {
  /** `id:base64url of 32 bytes`, comma separated, newest first. */
  readonly masterKeys: string;
  /** base64url of 32 bytes. */
  readonly pepper: string;
  /** At least 32 characters each, comma separated; the first signs. */
  readonly cookieSecrets: string;
}

export interface SecretBytes {
  readonly masterKeys: readonly MasterKey[];
  readonly pepper: Buffer;
  readonly cookieSecrets: readonly Buffer[];
}

const MASTER_KEY = /^([A-Za-z0-9._-]{1,64}):(.+)$/;
const COOKIE_SECRET_MIN_LENGTH = 32;

/** Throws `secrets-invalid`, naming the variable and never the value. */
export function readSecretTexts(texts: SecretTexts): SecretBytes {
  const masterKeys = list(texts.masterKeys).map(readMasterKey);
  if (masterKeys.length === 0) throw invalid('LATCHKEY_MASTER_KEYS', 'is empty');
  const pepper = key32(texts.pepper.trim());
  if (!pepper) throw invalid('LATCHKEY_PEPPER', 'must be 32 bytes as base64url');
  const cookieSecrets = list(texts.cookieSecrets);
  const isShort = cookieSecrets.some((secret) => secret.length < COOKIE_SECRET_MIN_LENGTH);
  if (isShort || cookieSecrets.length === 0) {
    throw invalid('LATCHKEY_COOKIE_SECRETS', 'needs secrets of at least 32 characters');
  }
  const read = {
    masterKeys,
    pepper,
    cookieSecrets: cookieSecrets.map((text) => Buffer.from(text)),
  };
  refuseReuse(read, texts);
  return read;
}

function readMasterKey(text: string): MasterKey {
  const [, id, encoded] = MASTER_KEY.exec(text) ?? [];
  const key = encoded === undefined ? undefined : key32(encoded);
  if (id !== undefined && key) return { id, key };
  throw invalid('LATCHKEY_MASTER_KEYS', 'must be id:key, the key 32 bytes as base64url');
}

/** One key for two purposes would tie what must be apart (H18). */
function refuseReuse({ masterKeys }: SecretBytes, texts: SecretTexts): void {
  const pepper = texts.pepper.trim();
  const all = [
    ...masterKeys.map(({ key }) => key.toString('base64url')),
    pepper.replace(/=+$/, ''),
    ...list(texts.cookieSecrets),
  ];
  if (new Set(all).size !== all.length) {
    throw invalid(
      'LATCHKEY_MASTER_KEYS, LATCHKEY_PEPPER or LATCHKEY_COOKIE_SECRETS',
      'repeat a key',
    );
  }
}

function key32(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9_-]{43}=?$/.test(text)) return undefined;
  return Buffer.from(text, 'base64url');
}

const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const invalid = (variable: string, what: string) =>
  new VaultFault('secrets-invalid', `${variable} ${what}`);
