import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { openBytes } from '../../vault/aes-gcm.ts';
import { dataKeyContext } from '../../vault/key-contexts.ts';
import { tokenHash } from '../../vault/one-time-token.ts';
import { annSession, masterKey, noon, openVaultOfAnn } from './open-test-vault.ts';

const HASH = '$2b$12$Qx1tJcG0aVbN3kLm5pRs7uWy9zAbCdEfGhIjKlMnOpQrStUvWxYz0';
const IP = '198.51.100.234';

/** Every file of the vault, as SQLite left them on the disk. */
function rawBytes(path: string): Buffer {
  const files = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file));
  return Buffer.concat(files.map((file) => readFileSync(file)));
}

/** Which of the secrets stand anywhere in the bytes, in any usual spelling. */
function leaks(bytes: Buffer, secrets: Readonly<Record<string, Buffer>>): string[] {
  const spellings = (secret: Buffer) => [
    secret,
    Buffer.from(secret.toString('utf8'), 'utf16le'),
    Buffer.from(secret.toString('hex')),
    Buffer.from(secret.toString('base64').replace(/=+$/, '')),
    Buffer.from(secret.toString('base64url')),
  ];
  return Object.entries(secrets).flatMap(([name, secret]) =>
    spellings(secret).some((spelling) => bytes.includes(spelling)) ? [name] : [],
  );
}

/** Ann with a password, a session, an activity entry and a recovery link; and what must vanish with her. */
async function settledAnn() {
  const opened = await openVaultOfAnn();
  const { vault, path } = opened;
  const credential = { credentialId: 'c1', accountId: 'ann', hash: HASH, prehashKeyId: 'p1' };
  await vault.credentials.put({ ...credential, keyId: 'ann-key', attemptId: 'attempt-1' });
  const session = await vault.sessions.start({ ...annSession, device: { ip: IP } });
  await vault.activity.record({
    accountId: 'ann',
    keyId: 'ann-key',
    kind: 'signed-in',
    at: noon,
    method: { kind: 'password' },
    device: { ip: IP },
  });
  const recovery = await vault.recoveries.make('ann', noon);

  const db = new SqliteDb(path);
  const column = (sql: string) => Buffer.from(Object.values(db.get(sql) ?? {})[0] as Uint8Array);
  const stored = {
    'wrapped key': column('SELECT wrapped FROM keys'),
    'sealed hash': column('SELECT hash FROM credentials'),
    'sealed device': column('SELECT device FROM sessions'),
    'session token hash': tokenHash(session.token),
    'sealed entry': column('SELECT entry FROM activity'),
    'recovery token hash': tokenHash(recovery),
  };
  db.close();
  const context = dataKeyContext('ann-key', 'ann');
  const dataKey = openBytes(masterKey('m1').key, context, stored['wrapped key']);
  const plain = { dataKey, hash: Buffer.from(HASH), address: Buffer.from(IP) };
  return { ...opened, session, recovery, stored, plain };
}

describe('the raw bytes of the vault', () => {
  test('never hold a hash, a device or a token, only their seals (I9)', async () => {
    const { path, session, recovery, stored, plain } = await settledAnn();
    const bytes = rawBytes(path);

    const tokens = { session: Buffer.from(session.token), recovery: Buffer.from(recovery) };
    expect(leaks(bytes, { ...plain, ...tokens })).toEqual([]);
    expect(leaks(bytes, stored)).toEqual(Object.keys(stored));
  });

  test('hold nothing of an erased account, neither in the file nor in its log (I9)', async () => {
    const { vault, path, stored, plain } = await settledAnn();

    await vault.sessions.endAll('ann');
    await vault.credentials.deleteAllOf('ann');
    await vault.activity.deleteAllOf('ann');
    await vault.recoveries.deleteAllOf('ann');
    await vault.keys.erase('ann-key', 'ann');

    expect(leaks(rawBytes(path), { ...plain, ...stored })).toEqual([]);
    await vault.close();
    expect(leaks(rawBytes(path), { ...plain, ...stored })).toEqual([]);
  });
});
