import { parentPort, workerData } from 'node:worker_threads';
import { createClaimKeys } from '../vault/claim-keys.ts';
import { MasterKeyRing } from '../vault/master-keys.ts';
import type { CrowdPart, CrowdSecrets } from './crowd.ts';
import { makePerson, type Crowd } from './crowd-person.ts';

// A thread that makes people by their numbers: sealing and chaining them is most of the work.
const { masterKeys, pepper, prehashKeyId, changes } = workerData as CrowdSecrets;
const crowd: Crowd = {
  // Bytes that come from another thread are no Buffer.
  ring: new MasterKeyRing(masterKeys.map(({ id, key }) => ({ id, key: Buffer.from(key) }))),
  claimKeys: createClaimKeys(Buffer.from(pepper)),
  prehashKeyId,
  changes,
};

parentPort?.on('message', ({ first, count, times }: CrowdPart) => {
  const people = Array.from({ length: count }, (_, index) =>
    makePerson(crowd, first + index, new Date(times + (first + index))),
  );
  parentPort?.postMessage(people);
});
