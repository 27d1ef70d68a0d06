import { onTestFinished } from 'vitest';
import { countedStore, type Calls } from '../../bench/counted-store.ts';
import { startProcess } from './installation.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A process on an installation of its own that has GitHub, and what it asked of its log, in order. Ends with the test. */
export async function startCounted() {
  let calls: Calls = { order: '' };
  const process = await startProcess({
    dir: temporaryDirectory(),
    env: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' },
    wrapStore: (store) => {
      const counted = countedStore(store);
      calls = counted.calls;
      return counted.store;
    },
  });
  onTestFinished(process.close);
  return { ...process, calls };
}
