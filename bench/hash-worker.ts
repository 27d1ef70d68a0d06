import { parentPort } from 'node:worker_threads';
import { runBcrypt } from '../vault/bcrypt-worker.ts';
import { emptyHash } from './empty-hash.ts';

// Does nothing but hash, as often as it is told, exactly what a sign-in does at cost 12.
const prehashed = 'x'.repeat(64);

parentPort?.on('message', (count: number) => {
  for (let done = 0; done < count; done += 1) {
    runBcrypt({ kind: 'compare', prehashed, hash: emptyHash });
  }
  parentPort?.postMessage(count);
});
