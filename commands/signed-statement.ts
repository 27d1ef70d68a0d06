import { createPublicKey, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { InstallationKeys } from '../vault/vault.ts';

/**
 * Where one stream ended, or the whole log. `format` keeps one kind of statement from passing for another.
 * Signed is the RFC 8785 form.
 */
export const exportHead = z.strictObject({
  format: z.literal('latchkey-export-head'),
  version: z.literal(1),
  logId: z.string(),
  stream: z.string(),
  /** Of the last event; -1 for a stream without any. */
  revision: z.int(),
  chain: z.string(),
  at: z.iso.datetime(),
});
export type ExportHead = z.infer<typeof exportHead>;

export const logHeads = z.strictObject({
  format: z.literal('latchkey-log-heads'),
  version: z.literal(1),
  logId: z.string(),
  streams: z.int(),
  events: z.int(),
  /** base64url of SHA-256 over the lines of the file before this one, each with its line feed. */
  digest: z.string(),
  at: z.iso.datetime(),
});
export type LogHeadsStatement = z.infer<typeof logHeads>;

type Statement = ExportHead | LogHeadsStatement;

const signature = {
  /** Which of the installation's signing keys. */
  keyId: z.string(),
  publicKeyPem: z.string(),
  /** base64url of the Ed25519 signature. */
  signature: z.string(),
};
export const signedExportHead = z.strictObject({ statement: exportHead, ...signature });
export const signedLogHeads = z.strictObject({ statement: logHeads, ...signature });

export interface Signed<Of extends Statement> {
  readonly statement: Of;
  readonly keyId: string;
  readonly publicKeyPem: string;
  readonly signature: string;
}

/** Signs with the installation's newest signing key. The public key goes along; who trusts it, has it from elsewhere. */
export async function signStatement<Of extends Statement>(
  keys: Pick<InstallationKeys, 'sign' | 'publicKeys'>,
  statement: Of,
): Promise<Signed<Of>> {
  const signed = await keys.sign(bytesOf(statement));
  const known = await keys.publicKeys();
  const publicKeyPem = known.find(({ keyId }) => keyId === signed.keyId)?.publicKeyPem;
  if (publicKeyPem === undefined) throw new Error('a signing key has no public part');
  return { statement, publicKeyPem, ...signed };
}

/**
 * - `trusted`: signed by the key given.
 * - `unproved`: the signature holds, by a key that nobody vouched for: anybody could have made it.
 * - `forged`: it does not hold, or is not by the key given.
 */
export type SignatureVerdict = 'trusted' | 'unproved' | 'forged';

export function judgeSignature(
  { statement, publicKeyPem, signature: given }: Signed<Statement>,
  trustedKeyPem?: string,
): SignatureVerdict {
  const key = publicKey(trustedKeyPem ?? publicKeyPem);
  const holds = key !== undefined && verifies(key, statement, given);
  if (!holds) return 'forged';
  return trustedKeyPem === undefined ? 'unproved' : 'trusted';
}

const verifies = (
  key: ReturnType<typeof createPublicKey>,
  statement: Statement,
  given: string,
): boolean => verify(null, bytesOf(statement), key, Buffer.from(given, 'base64url'));

/** Undefined for what is no Ed25519 public key. */
export function publicKey(pem: string): ReturnType<typeof createPublicKey> | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined; // not a key at all
  }
}

const bytesOf = (statement: Statement): Buffer =>
  Buffer.from(canonicalize(statement) ?? '', 'utf8');
