import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { openLatchkey } from '../commands/open-latchkey.ts';
import { readEnvironment } from '../config/environment.ts';
import type { MasterKey } from '../vault/master-keys.ts';
import type { Person } from './crowd-person.ts';
import { openCrowdTables } from './crowd-tables.ts';

export interface CrowdSize {
  readonly accounts: number;
  /** Changes of the name that each of them made after registering; default none: three events for an account. */
  readonly changes?: number;
}

/** What a thread needs to make people of one installation. */
export interface CrowdSecrets {
  readonly masterKeys: readonly MasterKey[];
  readonly pepper: Uint8Array;
  readonly prehashKeyId: string;
  readonly changes: number;
}

/** Numbers that one thread makes people of; the first person of the crowd registered at `times`, the next ones a millisecond later each. */
export interface CrowdPart {
  readonly first: number;
  readonly count: number;
  readonly times: number;
}

const partPeople = 500;
const threads = 2;

/**
 * Makes a new installation in an empty folder and fills it with people, far faster than they could register: rules,
 * codec, seals and chains are the application's own, and only the rows go into the files without it. Who they are is
 * in crowd-names.ts; `noHashing` lets those with a password in. Their sessions are open, and begin within half an hour before now.
 */
export async function seedCrowd(
  dataDir: string,
  { accounts, changes = 0 }: CrowdSize,
  progress: (made: number) => void = () => undefined,
): Promise<void> {
  const secrets = await newInstallation(dataDir, changes);
  const tables = openCrowdTables(dataDir);
  const times = Date.now() - accounts;
  const first = { next: 0 };
  const fill = async () => {
    const worker = new Worker(new URL('./crowd-worker.ts', import.meta.url), {
      workerData: secrets,
    });
    const ask = async (): Promise<readonly Person[]> => {
      const count = Math.min(partPeople, accounts - first.next);
      if (count <= 0) return [];
      worker.postMessage({ first: first.next, count, times } satisfies CrowdPart);
      first.next += count;
      const [people] = (await once(worker, 'message')) as [readonly Person[]];
      return people;
    };
    for (let asked = ask(); ;) {
      const people = await asked;
      if (people.length === 0) break;
      // The thread goes on while its last part is written.
      asked = ask();
      tables.add(people);
      progress(first.next);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: threads }, fill));
  tables.close();
}

async function newInstallation(dataDir: string, changes: number): Promise<CrowdSecrets> {
  const failed = (error: unknown) => {
    throw error;
  };
  const latchkey = await openLatchkey(readEnvironment({ DATA_DIR: dataDir }), {
    report: ({ error }) => error !== undefined && failed(error),
  });
  const { keyId: prehashKeyId } = await latchkey.deps.vault.installationKeys.currentPrehash();
  await latchkey.close();
  const { masterKeys, pepper } = latchkey.secrets;
  return { masterKeys, pepper, prehashKeyId, changes };
}
