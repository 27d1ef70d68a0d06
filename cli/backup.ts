import { existsSync } from 'node:fs';
import { backUp } from '../commands/back-up.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/** Copies log and vault while the app runs. */
export async function backup({
  argument: directory,
  environment,
  open,
}: Call): Promise<VerbAnswer> {
  if (existsSync(directory))
    throw new BadCall(`${directory} exists; name a directory that does not`);
  const { dataDir } = environment;
  const manifest = await backUp(await open(), { dataDir, directory });
  const names = manifest.files.map(({ name }) => name).join(' and ');
  const apart =
    manifest.log === 'embedded'
      ? 'Keep log.db and vault.db in different places: the one holds no keys, the other all of them.'
      : 'The log is on a server: it was to be backed up there before this.';
  return {
    text: `${names} copied into ${directory}. ${apart} Delete old copies of the vault: who was erased since is gone only with them.`,
    json: { directory, ...manifest },
  };
}
