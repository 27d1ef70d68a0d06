import { createLimits } from './limits.ts';
import { MasterKeyRing, type MasterKey } from './master-keys.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import { SqliteCredentials } from './sqlite-credentials.ts';
import { SqliteDataKeys } from './sqlite-data-keys.ts';
import { ensureInstallationKeys, SqliteInstallationKeys } from './sqlite-installation-keys.ts';
import { SqliteLogHeads } from './sqlite-log-heads.ts';
import { admitMasterKeys } from './sqlite-master-key-checks.ts';
import { SqliteRecoveries } from './sqlite-recoveries.ts';
import { SqliteSessions } from './sqlite-sessions.ts';
import { listUnsettled, settleRows } from './sqlite-unsettled.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { openSqliteVaultFile } from './sqlite-vault-open.ts';
import type { Vault } from './vault.ts';

export interface SqliteVaultOptions {
  /** The file; made, readable by its owner only, where there is none. */
  readonly path: string;
  /** Newest first: the first wraps, all unwrap. */
  readonly masterKeys: readonly MasterKey[];
  readonly now: () => Date;
  /** Every budget is always full (RATE_LIMITS=off, development rules only). */
  readonly limitsOff?: boolean;
}

/**
 * The vault in one SQLite file of its own. Several processes may have it open.
 * Throws `vault-mismatch` for a wrong master key or a file that is no vault, `vault-damaged`, `unavailable`.
 */
export async function openSqliteVault(options: SqliteVaultOptions): Promise<Vault> {
  const ring = new MasterKeyRing(options.masterKeys);
  const file = await openSqliteVaultFile(options.path);
  try {
    const vaultId = await file.write((db) => {
      const id = admitMasterKeys(db, ring, options.now());
      ensureInstallationKeys(db, ring, options.now());
      return id;
    });
    const vault = await assemble(file, ring, { ...options, vaultId });
    await vault.keys.finishErasures();
    return vault;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function assemble(
  file: SqliteVaultFile,
  ring: MasterKeyRing,
  { vaultId, now, limitsOff = false }: SqliteVaultOptions & { vaultId: string },
): Promise<Vault> {
  const sessions = new SqliteSessions(file, ring, now);
  const activity = new SqliteActivity(file, ring);
  const recoveries = new SqliteRecoveries(file);
  const installationKeys = new SqliteInstallationKeys(file, ring, now);
  const limits = createLimits(file, { limitKey: await installationKeys.limitKey(), limitsOff });
  return {
    vaultId,
    keys: new SqliteDataKeys(file, ring, now),
    credentials: new SqliteCredentials(file, ring, now),
    sessions,
    activity,
    recoveries,
    limits,
    logHeads: new SqliteLogHeads(file),
    installationKeys,
    unsettled: (before, max) => file.read((db) => listUnsettled(db, before, max)),
    settle: (rows) => file.write((db) => settleRows(db, rows)),
    prune: async (at) => {
      await sessions.prune(at);
      await activity.prune(at);
      await recoveries.prune(at);
      await limits.prune(at);
    },
    close: () => file.close(),
  };
}
