import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copyLogFile } from '../eventstore/sqlite-log-copy.ts';
import { copyVaultFile } from '../vault/sqlite-vault-copy.ts';
import {
  sha256Of,
  writeManifest,
  type BackupManifest,
  type CopiedFile,
} from './backup-manifest.ts';
import type { Latchkey } from './open-latchkey.ts';

/**
 * Copies log and vault into a new directory while the app goes on. The log first: a vault copied later holds every key
 * that the log's copy names, and what it holds beyond is swept. A log on a server is backed up there, and before this.
 * Throws where the directory exists, and the faults of the files.
 */
export async function backUp(
  { deps, log }: Pick<Latchkey, 'deps' | 'log'>,
  { dataDir, directory }: { readonly dataDir: string; readonly directory: string },
): Promise<BackupManifest> {
  const at = deps.clock().toISOString();
  await mkdir(directory, { mode: 0o700 });
  const files: CopiedFile[] = [];
  const note = async (name: CopiedFile['name']) => {
    files.push({ name, sha256: await sha256Of(join(directory, name)) });
  };
  if (log.kind === 'embedded') {
    await copyLogFile(join(dataDir, 'log.db'), join(directory, 'log.db'));
    await note('log.db');
  }
  await copyVaultFile(join(dataDir, 'vault.db'), join(directory, 'vault.db'));
  await note('vault.db');
  const manifest: BackupManifest = {
    format: 'latchkey-backup',
    version: 1,
    at,
    log: log.kind,
    logId: await log.logId,
    vaultId: deps.vault.vaultId,
    files,
  };
  await writeManifest(directory, manifest);
  return manifest;
}
