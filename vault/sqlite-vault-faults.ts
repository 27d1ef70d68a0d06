import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { VaultFault } from './vault-fault.ts';

/** Codes of what the driver and the writer throw besides SQLite's own results; the last is a closed connection. */
const passing = new Set<unknown>([
  'writer-busy',
  'writer-gone',
  'commit-failed',
  'sqlite-pragma-refused',
  'ERR_INVALID_STATE',
]);

/** What SQLite or the writer threw, as the vault's own fault; anything else as it is. */
export function asVaultFault(error: unknown): unknown {
  const fault = sqliteFault(error);
  if (fault === 'damaged') {
    return new VaultFault('vault-damaged', 'the vault file is damaged', { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (fault === undefined && !passing.has(code)) return error;
  return new VaultFault('unavailable', 'the vault cannot be reached now', { cause: error });
}
