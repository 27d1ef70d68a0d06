import { z } from 'zod';
import type { Connect } from '../sqlite/sqlite-driver.ts';
import { createLimits } from './limits.ts';
import { MasterKeyRing, type MasterKey } from './master-keys.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import { SqliteCensus } from './sqlite-census.ts';
import { SqliteCredentials } from './sqlite-credentials.ts';
import { SqliteDataKeys } from './sqlite-data-keys.ts';
import {
  hasInstallationKeys,
  makeInstallationKeys,
  SqliteInstallationKeys,
} from './sqlite-installation-keys.ts';
import { SqliteLogHeads } from './sqlite-log-heads.ts';
import {
  admitMasterKeys,
  checkMasterKeys,
  readVaultId,
  unknownMasterKeys,
} from './sqlite-master-key-checks.ts';
import { SqliteNotices } from './sqlite-notices.ts';
import { SqliteRecoveries } from './sqlite-recoveries.ts';
import { forgetAccount } from './sqlite-forget-account.ts';
import { prepareAccount } from './sqlite-prepare-account.ts';
import { createRoundTrips } from './sqlite-round-trips.ts';
import { SqliteSessions } from './sqlite-sessions.ts';
import { SqliteTokens } from './sqlite-tokens.ts';
import { listUnsettled, settleRows } from './sqlite-unsettled.ts';
import { voidAfterRestore } from './sqlite-void-after-restore.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { openSqliteVaultFile } from './sqlite-vault-open.ts';
import { VaultFault } from './vault-fault.ts';
import type { Vault } from './vault.ts';

export interface SqliteVaultOptions {
  /** The file; made, readable by its owner only, where there is none. */
  readonly path: string;
  /** Newest first: the first wraps, all unwrap. */
  readonly masterKeys: readonly MasterKey[];
  readonly now: () => Date;
  /** Every budget is always full (RATE_LIMITS=off, development rules only). */
  readonly limitsOff?: boolean;
  /** Tests hand in a connection that fails on demand. */
  readonly connect?: Connect;
}

/**
 * The vault in one SQLite file of its own. Several processes may have it open; where the file may only be read,
 * it is served as it is. Throws `vault-mismatch` for a wrong master key or a file that is no vault,
 * `vault-damaged`, `unavailable`.
 */
export async function openSqliteVault(options: SqliteVaultOptions): Promise<Vault> {
  const ring = new MasterKeyRing(options.masterKeys);
  const file = await openSqliteVaultFile(options);
  try {
    const vaultId = await settleIn(file, ring, options.now());
    const vault = await assemble(file, ring, { ...options, vaultId });
    await resumeErasures(vault);
    return vault;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Checks the keys given and makes what a new vault lacks; answers the vault's id. Writes only where it must. */
async function settleIn(file: SqliteVaultFile, ring: MasterKeyRing, now: Date): Promise<string> {
  const known = await file.read((db) => {
    checkMasterKeys(db, ring);
    const isComplete = unknownMasterKeys(db, ring).length === 0 && hasInstallationKeys(db);
    return isComplete ? readVaultId(db) : undefined;
  });
  if (known !== undefined) return known;
  return file.write((db) => {
    checkMasterKeys(db, ring);
    admitMasterKeys(db, ring, now);
    makeInstallationKeys(db, ring, now);
    return z.string().parse(readVaultId(db));
  });
}

/** A start does not fail for a file that cannot be written; whoever sweeps tries again. */
async function resumeErasures({ keys }: Vault): Promise<void> {
  try {
    await keys.finishErasures();
  } catch (error) {
    if (!(error instanceof VaultFault && error.code === 'unavailable')) throw error;
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
  const notices = new SqliteNotices(file, await installationKeys.noticeKey());
  const roundTrips = createRoundTrips(file, await installationKeys.roundTripKey());
  const limits = createLimits(file, { limitKey: await installationKeys.limitKey(), limitsOff });
  return {
    vaultId,
    keys: new SqliteDataKeys(file, ring, now),
    credentials: new SqliteCredentials(file, ring, now),
    sessions,
    activity,
    recoveries,
    roundTrips,
    notices,
    tokens: new SqliteTokens(file, { ring, siteKey: await installationKeys.siteKey() }),
    limits,
    logHeads: new SqliteLogHeads(file),
    installationKeys,
    census: new SqliteCensus(file),
    prepareAccount: (account) =>
      file.write((db) => prepareAccount(db, ring, { account, now: now() })),
    unsettled: (before, max) => file.read((db) => listUnsettled(db, before, max)),
    settle: (rows) => file.write((db) => settleRows(db, rows)),
    forget: (accountId, budgets) => {
      const limitKeys = limits.storedKeysOf(budgets);
      return file.write((db) => forgetAccount(db, accountId, limitKeys));
    },
    voidAfterRestore: () => file.write(voidAfterRestore),
    prune: (at) => pruneAll([sessions, activity, recoveries, roundTrips, notices, limits], at),
    close: () => file.close(),
  };
}

/** One after the other: each is a write of its own, and others may come between. */
async function pruneAll(
  tables: readonly { prune(now: Date): Promise<unknown> }[],
  now: Date,
): Promise<void> {
  for (const table of tables) await table.prune(now);
}
