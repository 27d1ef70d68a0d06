import { Worker } from 'node:worker_threads';

/** A long work on a file, done beside the event loop. */
export type BackgroundTask =
  | { readonly kind: 'check'; readonly path: string }
  | { readonly kind: 'copy'; readonly path: string; readonly target: string };

/** SQLite's whole `integrity_check`: what is wrong with the file's structure, empty if nothing is. Seconds per GB. */
export const structureProblems = (path: string): Promise<readonly string[]> =>
  inBackground({ kind: 'check', path });

/**
 * Copies a file as of one moment into a new one while others write (`VACUUM INTO`), flushed. The only right way to
 * back one up: a copy of the file itself misses what stands in its write-ahead log. Throws if the target exists.
 */
export async function copyDatabase(path: string, target: string): Promise<void> {
  await inBackground({ kind: 'copy', path, target });
}

async function inBackground(task: BackgroundTask): Promise<readonly string[]> {
  const script = new URL('./sqlite-background-worker.ts', import.meta.url);
  const worker = new Worker(script, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`the background work ended with ${code}`)));
  return promise;
}
