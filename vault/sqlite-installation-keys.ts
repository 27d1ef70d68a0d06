import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { installationKeyContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { rotateMasterKey } from './sqlite-rotation.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { VaultFault } from './vault-fault.ts';
import type { InstallationKeys } from './vault.ts';

const kinds = ['prehash', 'limit', 'signing', 'round-trip', 'site', 'notice'] as const;
type Kind = (typeof kinds)[number];

const keptId = z.object({ key_id: z.string() }).optional();
const storedKey = z
  .object({ master_key_id: z.string(), wrapped: z.instanceof(Uint8Array) })
  .optional();
const publicRow = z.object({ key_id: z.string(), public_key: z.string() });

export const hasInstallationKeys = (db: SqliteDb) => kinds.every((kind) => newestOf(db, kind));

/** Makes what is not there yet. Two processes may start at once: run it inside a write. */
export function makeInstallationKeys(db: SqliteDb, ring: MasterKeyRing, now: Date): void {
  for (const kind of kinds) {
    if (!newestOf(db, kind)) insertKey(db, ring, { kind, now });
  }
}

export class SqliteInstallationKeys implements InstallationKeys {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;
  readonly #now: () => Date;
  /** By id and purpose, unwrapped. What a key is never changes; which one is the newest is asked of the file every time. */
  readonly #known = new Map<string, Buffer>();

  constructor(file: SqliteVaultFile, ring: MasterKeyRing, now: () => Date) {
    this.#file = file;
    this.#ring = ring;
    this.#now = now;
  }

  async currentPrehash() {
    return this.#newest('prehash');
  }

  /** Throws `key-missing`. */
  async prehash(keyId: string): Promise<Buffer> {
    return this.#file.read((db) => this.#unwrapped(db, keyId, 'prehash'));
  }

  async renewPrehash() {
    return this.#file.write((db) => ({
      keyId: insertKey(db, this.#ring, { kind: 'prehash', now: this.#now() }),
    }));
  }

  /** Keys the HMAC of rate limit keys; nothing else. */
  async limitKey(): Promise<Buffer> {
    return (await this.#newest('limit')).key;
  }

  /** Seals handshakes and pending rows; nothing else. */
  async roundTripKey(): Promise<Buffer> {
    return (await this.#newest('round-trip')).key;
  }

  /** Seals the tokens that belong to no account; nothing else. */
  async siteKey(): Promise<Buffer> {
    return (await this.#newest('site')).key;
  }

  /** Makes the codes of what providers tell us, and seals it; nothing else. */
  async noticeKey(): Promise<Buffer> {
    return (await this.#newest('notice')).key;
  }

  async sign(message: Uint8Array) {
    const { keyId, key } = await this.#newest('signing');
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return { keyId, signature: sign(null, message, privateKey).toString('base64url') };
  }

  async publicKeys() {
    return this.#file.read((db) =>
      db
        .all('SELECT * FROM installation_keys WHERE public_key IS NOT NULL ORDER BY place')
        .map((row) => publicRow.parse(row))
        .map((row) => ({ keyId: row.key_id, publicKeyPem: row.public_key })),
    );
  }

  async rotate() {
    return rotateMasterKey(this.#file, this.#ring);
  }

  async #newest(kind: Kind): Promise<{ readonly keyId: string; readonly key: Buffer }> {
    return this.#file.read((db) => {
      const keyId = newestOf(db, kind);
      if (keyId === undefined) throw missing(kind);
      return { keyId, key: this.#unwrapped(db, keyId, kind) };
    });
  }

  #unwrapped(db: SqliteDb, keyId: string, kind: Kind): Buffer {
    const context = installationKeyContext(keyId, kind);
    const known = this.#known.get(context);
    if (known) return known;
    const sql = 'SELECT * FROM installation_keys WHERE key_id = ? AND kind = ?';
    const row = storedKey.parse(db.get(sql, keyId, kind));
    if (!row) throw missing(kind);
    const key = this.#ring.unwrap(context, row.master_key_id, row.wrapped);
    this.#known.set(context, key);
    return key;
  }
}

function newestOf(db: SqliteDb, kind: Kind): string | undefined {
  const sql = 'SELECT key_id FROM installation_keys WHERE kind = ? ORDER BY place DESC LIMIT 1';
  return keptId.parse(db.get(sql, kind))?.key_id;
}

function insertKey(db: SqliteDb, ring: MasterKeyRing, { kind, now }: { kind: Kind; now: Date }) {
  const keyId = randomUUID();
  const { secret, publicKey } = kind === 'signing' ? signingPair() : randomKey(kind);
  const wrapped = ring.wrap(installationKeyContext(keyId, kind), secret);
  db.run(
    'INSERT INTO installation_keys VALUES (NULL, ?, ?, ?, ?, ?, ?)',
    keyId,
    kind,
    wrapped.masterKeyId,
    wrapped.bytes,
    publicKey,
    now.getTime(),
  );
  return keyId;
}

function signingPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  });
  return { secret: privateKey, publicKey };
}

/** A pre-hash key is as long as SHA-384's block allows without being hashed first. */
const randomKey = (kind: Kind) => ({
  secret: randomBytes(kind === 'prehash' ? 48 : 32),
  publicKey: null,
});

const missing = (kind: Kind) =>
  new VaultFault('key-missing', `the vault has no ${kind} key of that name`);
