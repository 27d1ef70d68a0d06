import { sqliteCode } from '../sqlite/sqlite-driver.ts';
import { VaultFault } from './vault-fault.ts';

/** SQLite result codes: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PROTOCOL = 15;
const NOTADB = 26;

const passing = new Set([BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL]);
const damage = new Set([CORRUPT, NOTADB]);
const unavailableCodes = new Set(['writer-busy', 'commit-failed', 'ERR_INVALID_STATE']);

/** Another connection holds a lock for a moment; the same call may succeed soon. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === BUSY || code === LOCKED;
}

/** What SQLite or the writer threw, as the vault's own fault; anything else as it is. */
export function asVaultFault(error: unknown): unknown {
  const code = sqliteCode(error);
  const named = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== undefined && damage.has(code)) {
    return new VaultFault('vault-damaged', 'the vault file is damaged', { cause: error });
  }
  const isPassing = code !== undefined && passing.has(code);
  if (isPassing || (typeof named === 'string' && unavailableCodes.has(named))) {
    return new VaultFault('unavailable', 'the vault cannot be reached now', { cause: error });
  }
  return error;
}
