import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLogOpen } from '../eventstore/sqlite-log-copy.ts';
import { isVaultOpen } from '../vault/sqlite-vault-copy.ts';
import { BadBackup } from './backup-manifest.ts';

/** Throws BadBackup while any process has log or vault open. */
export function refuseWhileRunning(dataDir: string): void {
  const [log, vault] = [join(dataDir, 'log.db'), join(dataDir, 'vault.db')];
  const isOpen = [
    existsSync(log) && orDamaged(isLogOpen, log),
    existsSync(vault) && orDamaged(isVaultOpen, vault),
  ];
  if (isOpen.includes(true))
    throw new BadBackup('Latchkey is running on these files: stop it first');
}

/** A file that is no database any more is nobody's to hold open. */
function orDamaged(isOpen: (path: string) => boolean, path: string): boolean {
  try {
    return isOpen(path);
  } catch {
    return false;
  }
}

/** Where the files of a backup wait until they take their places. */
export const comingTo = (dataDir: string): string => join(dataDir, 'restoring');

/**
 * Throws BadBackup where a restore died while files changed places: to a start, what is missing would look like a place
 * that nobody has used yet, and it would open an empty installation there.
 */
export function refuseHalfRestored(dataDir: string, { embedded }: { readonly embedded: boolean }) {
  if (!existsSync(comingTo(dataDir))) return;
  const wanted = embedded ? ['log.db', 'vault.db'] : ['vault.db'];
  if (wanted.every((name) => existsSync(join(dataDir, name)))) return;
  throw new BadBackup(
    `a restore was interrupted while files changed places in ${dataDir}: run \`latchkey restore\` again`,
  );
}

const DATABASES = /^(log|vault|read)\.db(-wal|-shm|-journal)?$/;

/** The old files go into a directory of their own, the new ones take their places. Answers where the old ones are. */
export async function swapFiles(
  dataDir: string,
  { coming, at }: { readonly coming: string; readonly at: Date },
): Promise<string> {
  const setAside = join(dataDir, `replaced-${at.toISOString().replace(/[:.]/g, '-')}`);
  await mkdir(setAside, { mode: 0o700 });
  const move = async (from: string, to: string) => {
    for (const name of await readdir(from)) {
      if (DATABASES.test(name)) await rename(join(from, name), join(to, name));
    }
  };
  await move(dataDir, setAside);
  await move(coming, dataDir);
  await rm(coming, { recursive: true, force: true });
  return setAside;
}

/** Durable when this resolves; for its owner only. */
export async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}
