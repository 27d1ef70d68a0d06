import { randomUUID } from 'node:crypto';
import type { Origin } from '../domain/account/events.ts';
import type { Sql } from '../sqlite/sqlite-driver.ts';
import type { ColumnKey } from '../vault/data-key.ts';
import { columnContext, dataKeyContext } from '../vault/key-contexts.ts';
import type { MasterKeyRing } from '../vault/master-keys.ts';
import { newToken, tokenHash } from '../vault/one-time-token.ts';
import { methodText } from '../vault/sqlite-session-row.ts';
import type { SessionMethod } from '../vault/vault-sessions.ts';
import { emptyHash } from './empty-hash.ts';

/** Of the vault that the crowd is put into. */
export interface CrowdVault {
  readonly ring: MasterKeyRing;
  readonly prehashKeyId: string;
}

interface Ids {
  readonly accountId: string;
  /** Of the registration: it names its key and its credential. */
  readonly attemptId: string;
  readonly at: Date;
}

// In the order of the vault's columns, and settled, as a sweep leaves them; `test/bench/crowd.test.ts` compares them with rows that commands wrote.

export function keyRow(
  { ring }: CrowdVault,
  { accountId, attemptId, at }: Ids,
  key: Buffer,
): Sql[] {
  const { masterKeyId, bytes } = ring.wrap(dataKeyContext(attemptId, accountId), key);
  return [attemptId, accountId, attemptId, masterKeyId, bytes, 'active', at.getTime(), 1];
}

export function credentialRow(
  { prehashKeyId }: CrowdVault,
  { accountId, attemptId, at }: Ids,
  key: ColumnKey,
): Sql[] {
  const hash = key.sealColumn(columnContext('credentials', attemptId, 'hash'), emptyHash);
  return [attemptId, accountId, attemptId, attemptId, prehashKeyId, hash, at.getTime(), 1];
}

/** Still open; nobody has its token. */
export function sessionRow(
  { accountId, attemptId, at }: Ids,
  { method, device }: { readonly method: SessionMethod; readonly device: Origin },
  key: ColumnKey,
): Sql[] {
  const [sessionId, time] = [randomUUID(), at.getTime()];
  const sealed = key.sealColumn(
    columnContext('sessions', sessionId, 'device'),
    JSON.stringify(device),
  );
  const proof = method.kind === 'password' ? [time, 'password'] : [null, null];
  const who = [accountId, attemptId, methodText(method)];
  return [null, sessionId, tokenHash(newToken()), ...who, 0, 0, time, time, ...proof, null, sealed];
}
