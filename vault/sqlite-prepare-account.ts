import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { MasterKeyRing } from './master-keys.ts';
import type { NewAccount, PreparedAccount } from './new-account.ts';
import { insertCredential } from './sqlite-credentials.ts';
import { insertKey } from './sqlite-data-keys.ts';
import { insertSession } from './sqlite-session-row.ts';

/** A key, and under it a password's hash and a session. Throws `key-taken`. Inside the caller's transaction. */
export function prepareAccount(
  db: SqliteDb,
  ring: MasterKeyRing,
  { account, now }: { readonly account: NewAccount; readonly now: Date },
): PreparedAccount {
  const { accountId, attemptId, keyId, credential, session } = account;
  const ids = { accountId, attemptId, keyId };
  const key = insertKey(db, ring, { ...ids, now });
  insertCredential(db, key, { ...credential, ...ids, now });
  return { key, issued: insertSession(db, key, { ...session, ...ids }) };
}
