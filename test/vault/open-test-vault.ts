import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MasterKey } from '../../vault/master-keys.ts';
import { openSqliteVault, type SqliteVaultOptions } from '../../vault/sqlite-vault.ts';
import type { NewSession } from '../../vault/vault.ts';

export const noon = new Date('2026-03-01T12:00:00.000Z');
const HOUR = 60 * 60 * 1000;
export const hoursAfter = (hours: number, from = noon) => new Date(from.getTime() + hours * HOUR);
export const daysAfter = (days: number, from = noon) => hoursAfter(24 * days, from);

/** The same id gives the same key; `salt` gives another key of that id. */
export const masterKey = (id: string, salt = ''): MasterKey => ({
  id,
  key: createHash('sha256').update(`${id}${salt}`).digest(),
});

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-vault-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A vault in a file of its own, closed and removed when the test is over. */
export async function openTestVault(given: Partial<SqliteVaultOptions> = {}) {
  const path = given.path ?? join(temporaryDirectory(), 'vault.db');
  const masterKeys = [masterKey('m1')];
  const vault = await openSqliteVault({ masterKeys, now: () => noon, ...given, path });
  onTestFinished(() => vault.close());
  return { vault, path };
}

/** A vault in which account `ann` has the data key `ann-key`. */
export async function openVaultOfAnn(given: Partial<SqliteVaultOptions> = {}) {
  const opened = await openTestVault(given);
  const key = await opened.vault.keys.mint(annKey);
  return { ...opened, key };
}

export const annKey = { keyId: 'ann-key', accountId: 'ann', attemptId: 'attempt-1' };

/** A session of Ann's, by password at noon. */
export const annSession: NewSession = {
  accountId: 'ann',
  keyId: 'ann-key',
  method: { kind: 'password', credentialId: 'credential-1' },
  provedRevision: 3,
  closing: false,
  at: noon,
  proof: 'password',
  device: { ip: '192.0.2.7', userAgent: 'Firefox/140 on Linux' },
};
