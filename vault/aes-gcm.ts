import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { VaultFault } from './vault-fault.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

// Keys are made into key objects first: Node 24 takes four times as long for one that comes as bare bytes.

/** AES-256-GCM under a random 96-bit iv: iv ‖ ciphertext ‖ tag. `context` is bound in as additional data. */
export function sealBytes(key: Buffer, context: string, plaintext: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Throws the fault `seal-broken` on a wrong key, context or byte. */
export function openBytes(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw broken();
  const iv = sealed.subarray(0, IV_BYTES);
  const body = sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES);
  // The expected length is given, or a shortened tag would be accepted.
  const decipher = createDecipheriv(CIPHER, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (cause) {
    throw broken({ cause });
  }
}

const broken = (options?: ErrorOptions) =>
  new VaultFault('seal-broken', 'a sealed value does not open', options);
