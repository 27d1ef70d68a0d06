import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { openBytes, sealBytes } from './aes-gcm.ts';
import { columnContext } from './key-contexts.ts';
import { tokenHash } from './one-time-token.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { noticeKinds, type Notice, type Notices } from './vault-notices.ts';

/** As long as activity. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const CODE_BYTES = 16;

const noticeRow = z.object({
  code_hash: z.instanceof(Uint8Array),
  kind: z.enum(noticeKinds),
  told_at: z.number(),
  done_at: z.number().nullable(),
});
const undoneRow = noticeRow.extend({ content: z.instanceof(Uint8Array) });
const content = z.object({
  code: z.string(),
  provider: z.string(),
  subject: z.string(),
  issuedAt: z.coerce.date(),
});

const contextOf = (hash: Uint8Array) =>
  columnContext('notices', Buffer.from(hash).toString('hex'), 'content');

/** Notices in the vault's file: found by the hash of their code, sealed until they are carried out. */
export class SqliteNotices implements Notices {
  readonly #file: SqliteVaultFile;
  readonly #key: Buffer;

  constructor(file: SqliteVaultFile, key: Buffer) {
    this.#file = file;
    this.#key = key;
  }

  async receive({ kind, ...about }: Notice, signature: Uint8Array, at: Date) {
    const code = this.#codeOf(kind, signature);
    const hash = tokenHash(code);
    const text = JSON.stringify({ code, ...about });
    const sealed = sealBytes(this.#key, contextOf(hash), Buffer.from(text));
    return this.#file.write((db) => {
      db.run(
        'INSERT INTO notices VALUES (?, ?, ?, NULL, ?) ON CONFLICT DO NOTHING',
        hash,
        kind,
        at.getTime(),
        sealed,
      );
      const stored = db.get('SELECT * FROM notices WHERE code_hash = ?', hash);
      return { code, undone: noticeRow.parse(stored).done_at === null };
    });
  }

  async undone(max: number) {
    return this.#file.read((db) =>
      db
        .all('SELECT * FROM notices WHERE done_at IS NULL ORDER BY told_at LIMIT ?', max)
        .map((row) => undoneRow.parse(row))
        .map((row) => ({ kind: row.kind, ...this.#open(row.code_hash, row.content) })),
    );
  }

  async finish(code: string, at: Date): Promise<void> {
    await this.#file.write((db) =>
      db.run(
        'UPDATE notices SET done_at = ?, content = NULL WHERE code_hash = ? AND done_at IS NULL',
        at.getTime(),
        tokenHash(code),
      ),
    );
  }

  async find(code: string) {
    return this.#file.read((db) => {
      const stored = db.get('SELECT * FROM notices WHERE code_hash = ?', tokenHash(code));
      const row = noticeRow.optional().parse(stored);
      if (!row) return undefined;
      const doneAt = row.done_at === null ? null : new Date(row.done_at);
      return { kind: row.kind, toldAt: new Date(row.told_at), doneAt };
    });
  }

  /** Removes what is older than 90 days; a notice is believed for one day only. */
  async prune(now: Date): Promise<number> {
    return this.#file.write((db) =>
      db.run('DELETE FROM notices WHERE told_at < ?', now.getTime() - KEPT_MS),
    );
  }

  /** Out of a key that nobody else has: as good as random, and the same when the provider tells us again. */
  #codeOf = (kind: string, signature: Uint8Array): string =>
    createHmac('sha256', this.#key)
      .update(`${kind}\u0000`)
      .update(signature)
      .digest()
      .subarray(0, CODE_BYTES)
      .toString('base64url');

  #open = (hash: Uint8Array, sealed: Uint8Array) =>
    content.parse(JSON.parse(openBytes(this.#key, contextOf(hash), sealed).toString('utf8')));
}
