import { copySqlite, isOpenElsewhere } from '../sqlite/sqlite-copy.ts';

/** Copies the vault as it stands at one moment, while it is written. What was erased before is not in the copy. */
export const copyVaultFile = (from: string, to: string): Promise<void> => copySqlite(from, to);

/** Is the vault open in any process? */
export const isVaultOpen = (path: string): boolean => isOpenElsewhere(path);
