import type { Call, VerbAnswer } from './run-verb.ts';

/** The public keys that exports and heads are signed with, newest last. Give them to whoever is to check. */
export async function signingKey({ open }: Call): Promise<VerbAnswer> {
  const { deps } = await open();
  const keys = await deps.vault.installationKeys.publicKeys();
  const newest = keys.at(-1);
  return { text: newest?.publicKeyPem.trim() ?? '', json: { keys } };
}
