import { createHash, randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './aes-gcm.ts';
import { VaultFault } from './vault-fault.ts';
import type { DataKey, SaltedText, SealedField } from './vault.ts';

export const DATA_KEY_BYTES = 32;
const SALT_BYTES = 32;

/** A data key that also seals the vault's own columns, which need no public commitment. */
export interface ColumnKey extends DataKey {
  sealColumn(context: string, plaintext: string): Buffer;
  /** Throws the fault `seal-broken`. */
  openColumn(context: string, sealed: Uint8Array): string;
}

/** An account's key at work. Holds the raw bytes in memory; callers keep it no longer than a request. */
export function createDataKey(key: Buffer): ColumnKey {
  return {
    seal: (context, plaintext) => sealField(key, context, plaintext),
    open: (context, field) => openField(key, context, field).text,
    openWithSalt: (context, field) => openField(key, context, field),
    sealColumn: (context, plaintext) => sealBytes(key, context, utf8(plaintext)),
    openColumn: (context, sealed) => openBytes(key, context, sealed).toString('utf8'),
  };
}

function sealField(key: Buffer, context: string, plaintext: string): SealedField {
  const salted = Buffer.concat([randomBytes(SALT_BYTES), utf8(plaintext)]);
  return {
    sealed: sealBytes(key, context, salted).toString('base64url'),
    commitment: commit(salted),
  };
}

function openField(key: Buffer, context: string, { sealed, commitment }: SealedField): SaltedText {
  const bytes = Buffer.from(sealed, 'base64url');
  // Decoding is lenient; a second spelling of the same bytes is not what was sealed.
  if (bytes.toString('base64url') !== sealed) throw broken('is not base64url');
  const salted = openBytes(key, context, bytes);
  if (salted.length < SALT_BYTES) throw broken('has no salt');
  if (commit(salted) !== commitment) throw broken('does not match its commitment');
  return {
    salt: salted.subarray(0, SALT_BYTES).toString('base64url'),
    text: salted.subarray(SALT_BYTES).toString('utf8'),
  };
}

const commit = (salted: Buffer) => createHash('sha256').update(salted).digest('base64url');

function utf8(text: string): Buffer {
  // A lone surrogate has no UTF-8 form and would come back as another text.
  if (!text.isWellFormed()) throw new TypeError('a text with a lone surrogate cannot be sealed');
  return Buffer.from(text, 'utf8');
}

const broken = (what: string) => new VaultFault('seal-broken', `a sealed field ${what}`);
