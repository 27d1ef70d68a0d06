import { mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { openSqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { openSecrets } from '../vault/secrets.ts';
import { openSqliteVault } from '../vault/sqlite-vault.ts';
import { BadBackup, readBackup, type BackupManifest } from './backup-manifest.ts';
import { applyErasedList } from './drive-deletions.ts';
import { openLatchkey, type OpenOptions } from './open-latchkey.ts';
import { comingTo, copyDurably, refuseWhileRunning, swapFiles } from './restore-files.ts';
import { readWholeLog, waysThatCameBack, type ReadLog, type WayBack } from './ways-in-of-log.ts';

export interface Restored {
  readonly manifest: BackupManifest;
  readonly sessionsEnded: number;
  /** Accounts of the erased list that had come back, and were erased again. */
  readonly erasedAgain: readonly string[];
  /** Ways in that had been taken away since; null where the log that was replaced cannot be read. */
  readonly waysBack: readonly WayBack[] | null;
  /** Events of the replaced log that the backup does not hold; null where it cannot be read. */
  readonly eventsLost: number | null;
  /** Where the replaced files are: they hold keys, and are the operator's to delete. */
  readonly setAside: string;
}

interface Restoring {
  readonly environment: Environment;
  readonly directory: string;
  readonly options: OpenOptions;
}

/**
 * Puts a backup in the place of log and vault, with nobody running: checks every byte and chain first, ends every
 * session, round trip, recovery link and token that was in the copy, and erases again whoever was erased since, before
 * anybody is served (H17, F28). What was there is set aside. Interrupted, it leaves the old files or the new ones, or
 * some of either, which no start takes for an installation: to be restored again.
 * Throws BadBackup, the faults of log and vault, InstallationMismatch.
 */
export async function restoreBackup(restoring: Restoring): Promise<Restored> {
  const { environment, directory, options } = restoring;
  const { dataDir } = environment;
  const manifest = await readBackup(directory);
  refuseForeignKind(environment, manifest);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  refuseWhileRunning(dataDir);

  const coming = comingTo(dataDir);
  await rm(coming, { recursive: true, force: true });
  await mkdir(coming, { mode: 0o700 });
  for (const { name } of manifest.files)
    await copyDurably(join(directory, name), join(coming, name));
  const sessionsEnded = await settleVault(restoring, coming, manifest);
  const restored = await readLogAt(join(coming, 'log.db'), environment);
  if (restored && restored.broken.length > 0) {
    throw new BadBackup('the log of this backup is broken: see it with `latchkey verify`');
  }

  const setAside = await swapFiles(environment.dataDir, { coming, at: now(options) });
  const replaced = await readLogAt(join(setAside, 'log.db'), environment).catch(() => undefined);
  const erasedAgain = await openAndErase(restoring, restored);
  const gone = new Set(erasedAgain);
  const compared = restored && replaced;
  return {
    manifest,
    sessionsEnded,
    erasedAgain,
    waysBack: compared
      ? waysThatCameBack(restored, replaced).filter(({ accountId }) => !gone.has(accountId))
      : null,
    eventsLost: compared ? Math.max(0, replaced.events - restored.events) : null,
    setAside,
  };
}

function refuseForeignKind({ eventstoreUrl }: Environment, { log }: BackupManifest): void {
  const here = eventstoreUrl === undefined ? 'embedded' : 'server';
  if (here === log) return;
  throw new BadBackup(`the backup was made with the ${log} log, and EVENTSTORE_URL says ${here}`);
}

/** Opens the copy with the keys at hand, and takes out of it what must not come back. */
async function settleVault(
  { environment, options }: Restoring,
  coming: string,
  { vaultId }: BackupManifest,
): Promise<number> {
  const { dataDir, development, secrets: given } = environment;
  const vault = await openSqliteVault({
    path: join(coming, 'vault.db'),
    masterKeys: openSecrets({ given, development, dataDir }).masterKeys,
    now: () => now(options),
  });
  try {
    if (vault.vaultId !== vaultId)
      throw new BadBackup('the vault is not the one the manifest names');
    return await vault.voidAfterRestore();
  } finally {
    await vault.close();
  }
}

/** Without the checks of a start, which the newer vault's note would fail. Undefined where there is no such file. */
async function readLogAt(
  path: string,
  { eventstorePrefix: prefix }: Environment,
): Promise<ReadLog | undefined> {
  if (!existsSync(path)) return undefined;
  const store = await openSqliteEventStore({ path, prefix, inspect: true });
  try {
    return await readWholeLog(store);
  } finally {
    await store.close();
  }
}

/** Opens what was put back as a start does, notes where its log ends, and applies the erased list. */
async function openAndErase(
  { environment, options }: Restoring,
  restored: ReadLog | undefined,
): Promise<readonly string[]> {
  const latchkey = await openLatchkey(environment, options);
  const { deps, log } = latchkey;
  try {
    if (restored?.newest) {
      const { stream, revision, metadata } = restored.newest;
      const logId = await log.logId;
      await deps.vault.logHeads.put({ logId, stream, revision, chain: metadata.chain });
    }
    return await applyErasedList(deps);
  } finally {
    await latchkey.close();
  }
}

const now = ({ clock }: OpenOptions): Date => clock?.() ?? new Date();
