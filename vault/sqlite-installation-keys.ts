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

const storedKey = z.object({
  key_id: z.string(),
  kind: z.enum(kinds),
  master_key_id: z.string(),
  wrapped: z.instanceof(Uint8Array),
});
type StoredKey = z.infer<typeof storedKey>;
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
    return this.#file.read((db) => {
      const row = storedKey
        .optional()
        .parse(db.get(`SELECT * FROM installation_keys WHERE key_id = ?`, keyId));
      if (row?.kind !== 'prehash') throw missing('prehash');
      return unwrap(this.#ring, row);
    });
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
      const row = newestOf(db, kind);
      if (!row) throw missing(kind);
      return { keyId: row.key_id, key: unwrap(this.#ring, row) };
    });
  }
}

function newestOf(db: SqliteDb, kind: Kind): StoredKey | undefined {
  const sql = 'SELECT * FROM installation_keys WHERE kind = ? ORDER BY place DESC LIMIT 1';
  return storedKey.optional().parse(db.get(sql, kind));
}

function unwrap(ring: MasterKeyRing, row: StoredKey): Buffer {
  return ring.unwrap(installationKeyContext(row.key_id, row.kind), row.master_key_id, row.wrapped);
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
