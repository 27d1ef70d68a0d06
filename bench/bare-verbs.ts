import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Deps } from '../commands/deps.ts';
import { identityValue } from '../domain/identity.ts';
import { accountStream } from '../domain/streams.ts';
import type { Row, Sql, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { tokenHash } from '../vault/one-time-token.ts';
import { nameOf, subjectOf } from './crowd-names.ts';
import type { CrowdVerb } from './crowd-verbs.ts';
import type { Work } from './measure.ts';

/** Whose turn it is: the number of somebody with a password, of somebody with an identity, an open session. */
export interface Picks {
  readonly withPassword: () => number;
  readonly withIdentity: () => number;
  readonly token: () => string;
}

const accountRow = z.object({ account_id: z.string() });
const firstEvent = z.object({ keyId: z.string() });
const issuer = 'https://github.com';

/**
 * The rows that a verb cannot do without, read and written in the verb's own tables on connections of their own, in as
 * many durable commits, and nothing above the driver. What is written looks like another row of its table: no
 * application may open the folder afterwards.
 */
export class BareVerbs implements Readonly<Record<CrowdVerb, Work>> {
  readonly #log: BareFile;
  readonly #vault: BareFile;
  readonly #keyOf: Deps['keyOf'];
  readonly #picks: Picks;

  private constructor(log: BareFile, vault: BareFile, of: Pick<Deps, 'keyOf'> & { picks: Picks }) {
    this.#log = log;
    this.#vault = vault;
    this.#keyOf = of.keyOf;
    this.#picks = of.picks;
  }

  static async open(
    dataDir: string,
    of: Pick<Deps, 'keyOf'> & { readonly picks: Picks },
  ): Promise<BareVerbs> {
    const log = await openSqlite({ path: join(dataDir, 'log.db') });
    const vault = await openSqlite({ path: join(dataDir, 'vault.db'), secureDelete: true });
    return new BareVerbs(new BareFile(log), new BareFile(vault), of);
  }

  readonly register = async () => {
    const id = randomUUID();
    this.#vault.durably(() => {
      this.#vault.add('keys', { key_id: id, account_id: id });
      this.#vault.add('credentials', { credential_id: id, account_id: id });
      this.#addSession();
    });
    this.#log.durably(() => {
      this.#addEvents([newClaim(), newClaim(), accountStream(id)]);
      this.#addKeys(2, id);
      this.#log.add('lookup_accounts', { account_id: id });
      this.#moveCheckpoint();
    });
  };

  readonly signIn = async () => {
    const accountId = this.#find('username', nameOf(this.#picks.withPassword()));
    this.#vault.db.get('SELECT * FROM credentials WHERE account_id = ?', accountId);
    this.#enter(accountId);
  };

  readonly signInByIdentity = async () => {
    const value = identityValue({ issuer, subject: subjectOf(this.#picks.withIdentity()) });
    this.#enter(this.#find('identity', value));
  };

  readonly guard = async () => void this.#guard();

  readonly link = async () => {
    const accountId = this.#guard();
    this.#log.durably(() => {
      this.#addEvents([newClaim(), `${accountStream(accountId)}-${randomUUID()}`]);
      this.#addKeys(1, accountId);
      const sql = 'UPDATE lookup_accounts SET revision = revision WHERE account_id = ?';
      this.#log.db.run(sql, accountId);
      this.#moveCheckpoint();
    });
  };

  close(): void {
    this.#log.db.close();
    this.#vault.db.close();
  }

  #find(kind: 'username' | 'identity', value: string): string {
    const sql = 'SELECT account_id FROM lookup_keys WHERE kind = ? AND key = ?';
    return accountRow.parse(this.#log.db.get(sql, kind, this.#keyOf(kind, value))).account_id;
  }

  /** An account's events, their JSON parsed, and the key that the first one names. */
  #readAccount(accountId: string): void {
    const sql =
      'SELECT * FROM events WHERE stream = ? AND revision >= 0 ORDER BY revision LIMIT 256';
    const [first] = this.#log.db
      .all(sql, accountStream(accountId))
      .map(({ data, metadata }) => [data, metadata].map(parsed));
    const { keyId } = firstEvent.parse(first?.[0]);
    this.#vault.db.get('SELECT * FROM keys WHERE key_id = ?', keyId);
  }

  #guard(): string {
    const hash = tokenHash(this.#picks.token());
    const row = this.#vault.db.get('SELECT * FROM sessions WHERE token_hash = ?', hash);
    const { account_id: accountId } = accountRow.parse(row);
    this.#readAccount(accountId);
    return accountId;
  }

  #enter(accountId: string): void {
    this.#readAccount(accountId);
    this.#vault.durably(() => this.#addSession());
  }

  #addSession(): void {
    const ids = { session_id: randomUUID(), token_hash: randomBytes(32) };
    this.#vault.add('sessions', { place: null, ...ids });
  }

  #addEvents(streams: readonly string[]): void {
    for (const stream of streams) this.#log.add('events', { position: null, stream });
  }

  #addKeys(count: number, accountId: string): void {
    for (let index = 0; index < count; index += 1) {
      this.#log.add('lookup_keys', { key: newKey(), account_id: accountId });
    }
  }

  #moveCheckpoint(): void {
    this.#log.db.run('UPDATE projection_state SET position = position + 1');
  }
}

/** One of the two files. */
class BareFile {
  readonly db: SqliteDb;
  readonly #likes = new Map<string, Row>();

  constructor(db: SqliteDb) {
    this.db = db;
  }

  /** One row more like the last one, but for these columns. */
  add(table: string, other: Readonly<Record<string, Sql>>): void {
    const like = this.#likes.get(table) ?? this.db.get(`SELECT * FROM ${table} ORDER BY 1 DESC`);
    if (!like) throw new Error(`${table} holds no row`);
    this.#likes.set(table, like);
    const values = Object.values({ ...like, ...other });
    this.db.run(`INSERT INTO ${table} VALUES (?${', ?'.repeat(values.length - 1)})`, ...values);
  }

  durably(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    work();
    this.db.exec('COMMIT');
  }
}

const parsed = (json: unknown): unknown => typeof json === 'string' && JSON.parse(json);
const newKey = () => randomBytes(32).toString('base64url');
const newClaim = () => `claim-email-${newKey()}`;
