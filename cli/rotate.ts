import type { Call, VerbAnswer } from './run-verb.ts';

/** Wraps every key with the newest master key. */
export async function rotate({ open }: Call): Promise<VerbAnswer> {
  const { deps } = await open();
  const { rewrapped, unusedMasterKeyIds } = await deps.vault.installationKeys.rotate();
  const may =
    unusedMasterKeyIds.length === 0
      ? 'Every configured master key is still in use.'
      : `No key is wrapped by ${unusedMasterKeyIds.join(', ')} any more. Keep it until no backup of the vault made under it is kept.`;
  return {
    text: `${rewrapped} keys wrapped anew. ${may}`,
    json: { rewrapped, unusedMasterKeyIds },
  };
}
