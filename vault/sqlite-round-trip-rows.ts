import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import { columnContext } from './key-contexts.ts';
import { tokenHash } from './one-time-token.ts';
import { CLOCK_LEEWAY_MS } from './session-bounds.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type {
  AnswerFixed,
  Handshake,
  Pending,
  PendingAnswer,
  RoundTripOwner,
} from './vault-round-trips.ts';

/** How long a round trip and its answer wait, in milliseconds. */
export const ROUND_TRIP_MS = 10 * 60 * 1000;
/** Live rows of one browser; the oldest goes first. */
const MOST = 10;

const ownerRow = {
  browser: z.string(),
  session_id: z.string().nullable(),
  account_id: z.string().nullable(),
};
const row = z.object({
  ...ownerRow,
  at: z.number(),
  answer: z.string().nullable(),
  content: z.instanceof(Uint8Array),
});

type Kind = 'handshake' | 'pending';

/** Rows of both kinds, each found by the hash of its id and sealed. */
export class RoundTripRows {
  readonly #file: SqliteVaultFile;
  readonly #key: Buffer;

  constructor(file: SqliteVaultFile, key: Buffer) {
    this.#file = file;
    this.#key = key;
  }

  async insert(kind: Kind, id: string, made: Handshake | Pending): Promise<void> {
    const { browser, sessionId, accountId, ...content } = made;
    const at = 'startedAt' in made ? made.startedAt : made.madeAt;
    const hash = tokenHash(id);
    const sealed = sealBytes(this.#key, context(kind, hash), Buffer.from(JSON.stringify(content)));
    await this.#file.write((db) => {
      db.run(
        'INSERT INTO round_trips VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL, ?)',
        hash,
        kind,
        browser,
        sessionId,
        accountId,
        at.getTime(),
        sealed,
      );
      db.run(
        `DELETE FROM round_trips WHERE kind = ?1 AND browser = ?2 AND place NOT IN (
           SELECT place FROM round_trips WHERE kind = ?1 AND browser = ?2 ORDER BY place DESC LIMIT ${MOST})`,
        kind,
        browser,
      );
    });
  }

  async find(kind: Kind, id: string, at: Date) {
    return this.#file.read((db) => {
      const hash = tokenHash(id);
      const found = liveRow(db, { kind, hash, at });
      if (!found) return undefined;
      const text = openBytes(this.#key, context(kind, hash), found.content).toString('utf8');
      const owner: RoundTripOwner = {
        browser: found.browser,
        sessionId: found.session_id,
        accountId: found.account_id,
      };
      const content: unknown = JSON.parse(text);
      return { owner, content, answer: found.answer, at: new Date(found.at) };
    });
  }

  /** True exactly once for a living row without an answer, which is gone then. The version before this one marked it. */
  async take(kind: Kind, id: string, at: Date): Promise<boolean> {
    return this.#file.write((db) => {
      const hash = tokenHash(id);
      const unspent = liveRow(db, { kind, hash, at })?.answer === null;
      if (unspent) db.run('DELETE FROM round_trips WHERE id_hash = ?', hash);
      return unspent;
    });
  }

  async fix(
    kind: Kind,
    { id, answer, at }: { id: string; answer: PendingAnswer; at: Date },
  ): Promise<AnswerFixed | undefined> {
    return this.#file.write((db) => {
      const hash = tokenHash(id);
      const found = liveRow(db, { kind, hash, at });
      if (!found) return undefined;
      if (found.answer !== null) return found.answer === answer ? 'again' : 'other';
      db.run('UPDATE round_trips SET answer = ? WHERE id_hash = ?', answer, hash);
      return 'first';
    });
  }

  /** Behind everything that was begun before it: a look alone would miss a row that is still on its way into the file. */
  async dropOf({ browser, sessionId, accountId }: Partial<RoundTripOwner>): Promise<void> {
    await this.#file.write((db) =>
      db.run(
        'DELETE FROM round_trips WHERE browser = ? OR session_id = ? OR account_id = ?',
        browser ?? null,
        sessionId ?? null,
        accountId ?? null,
      ),
    );
  }

  async prune(now: Date): Promise<number> {
    return this.#file.write((db) =>
      db.run('DELETE FROM round_trips WHERE at <= ?', now.getTime() - ROUND_TRIP_MS),
    );
  }
}

function liveRow(db: SqliteDb, { kind, hash, at }: { kind: Kind; hash: Buffer; at: Date }) {
  const stored = db.get('SELECT * FROM round_trips WHERE id_hash = ? AND kind = ?', hash, kind);
  const found = row.optional().parse(stored);
  if (!found) return undefined;
  const age = at.getTime() - found.at;
  return age >= -CLOCK_LEEWAY_MS && age < ROUND_TRIP_MS ? found : undefined;
}

const context = (kind: Kind, hash: Buffer) =>
  columnContext('round_trips', `${kind}:${hash.toString('hex')}`, 'content');
