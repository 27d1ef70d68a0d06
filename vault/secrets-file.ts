import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { SecretTexts } from './secret-texts.ts';
import { VaultFault } from './vault-fault.ts';

const secretsJson = z.object({
  masterKeys: z.string(),
  pepper: z.string(),
  cookieSecrets: z.string(),
});

/**
 * The secrets in a file, made if there is none: readable by its owner only, on the disk when this returns,
 * never half written, and the same for all processes that start at once. Throws `secrets-invalid`, `unavailable`.
 */
export function openSecretsFile(
  path: string,
  make: () => SecretTexts,
): { readonly texts: SecretTexts; readonly isNew: boolean } {
  const found = readIfThere(path);
  if (found !== undefined) return { texts: parse(path, found), isNew: false };
  try {
    const isNew = publish(path, `${JSON.stringify(make(), null, 2)}\n`);
    return { texts: parse(path, readFileSync(path, 'utf8')), isNew };
  } catch (cause) {
    if (cause instanceof VaultFault) throw cause;
    throw new VaultFault('unavailable', `${path} cannot be written`, { cause });
  }
}

/** True if this process's text is the one that counts. A link, unlike a rename, never replaces another's. */
function publish(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
    flushDirectory(dirname(path));
  }
}

function flushDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new VaultFault('unavailable', `${path} cannot be read`, { cause: error });
  }
}

function parse(path: string, text: string): SecretTexts {
  try {
    return secretsJson.parse(JSON.parse(text));
  } catch {
    // The cause would quote the secrets.
    throw new VaultFault('secrets-invalid', `${path} does not hold the three secrets`);
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined;
