import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { pace } from './measure.ts';

const rebuildTold = z.object({
  /** Of the log's events, whatever their streams. */
  pace,
  events: z.number(),
  /** The most memory that was resident, in bytes. */
  peak: z.number(),
});
export type RebuildTold = Readonly<z.infer<typeof rebuildTold>>;

/** Rebuilds the lookups of a folder in a process of its own: as the application does, or with nothing above the driver. */
export async function rebuiltIn(folder: string, how: 'ours' | 'bare'): Promise<RebuildTold> {
  const child = fork(join(import.meta.dirname, 'rebuild-process.ts'), [folder, how]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a rebuild ended with ${code} before it told anything`);
  });
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  ended.catch(() => undefined);
  return rebuildTold.parse(told);
}
