import { copySqlite, isOpenElsewhere } from '../sqlite/sqlite-copy.ts';

/** Copies the embedded log as it stands at one moment, while it is written. */
export const copyLogFile = (from: string, to: string): Promise<void> => copySqlite(from, to);

/** Is the embedded log open in any process? */
export const isLogOpen = (path: string): boolean => isOpenElsewhere(path);
