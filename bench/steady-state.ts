import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKPOINT_PAGES } from '../sqlite/sqlite-open.ts';
import type { BenchProcess } from './bench-process.ts';
import { paceOf, type Work } from './measure.ts';

const pageBytes = 4_096;
const batch = { width: 16, count: 64 };

/**
 * Works until the write-ahead logs of log and vault have been full once. A process that has served for a while only
 * overwrites them; until then every commit also makes a file longer, which takes the disk longer.
 */
export async function reachSteadyState(
  { dataDir }: BenchProcess,
  works: { readonly log: Work; readonly vault: Work },
): Promise<void> {
  for (const [name, work] of Object.entries(works)) {
    const size = () => statSync(join(dataDir, `${name}.db-wal`)).size;
    while (size() < CHECKPOINT_PAGES * pageBytes) await paceOf(work, batch);
  }
}
