import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** The directory is no backup of ours, or is not whole. */
export class BadBackup extends Error {
  readonly code = 'bad-backup';
}

const copiedFile = z.object({ name: z.enum(['log.db', 'vault.db']), sha256: z.string() });

const manifest = z.object({
  format: z.literal('latchkey-backup'),
  version: z.literal(1),
  at: z.iso.datetime(),
  /** `server`: the log is EventStoreDB's own to back up; only the vault stands here. */
  log: z.enum(['embedded', 'server']),
  logId: z.string(),
  vaultId: z.string(),
  files: z.array(copiedFile).min(1),
});

/** What a backup holds, written last: a directory without it was not finished. */
export type BackupManifest = Readonly<z.infer<typeof manifest>>;
export type CopiedFile = Readonly<z.infer<typeof copiedFile>>;

const NAME = 'manifest.json';

export async function writeManifest(directory: string, written: BackupManifest): Promise<void> {
  const path = join(directory, NAME);
  await writeFile(path, `${JSON.stringify(written, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
}

/** Reads the manifest and every byte it vouches for. Throws BadBackup with what differs. */
export async function readBackup(directory: string): Promise<BackupManifest> {
  const read = await readManifest(directory);
  for (const { name, sha256 } of read.files) {
    const found = await sha256Of(join(directory, name)).catch(() => undefined);
    if (found !== sha256) {
      throw new BadBackup(`${join(directory, name)} is missing, or not as it was backed up`);
    }
  }
  return read;
}

async function readManifest(directory: string): Promise<BackupManifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(directory, NAME), 'utf8')));
  } catch (cause) {
    const what = `${directory} holds no finished backup: ${NAME} is missing or cannot be read`;
    throw new BadBackup(what, { cause });
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
