import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '../commands/deps.ts';
import { AccountReader } from '../commands/load-account.ts';
import { openLatchkey } from '../commands/open-latchkey.ts';
import { readEnvironment } from '../config/environment.ts';
import { countedStore, type Calls } from './counted-store.ts';
import { noHashing } from './no-hashing.ts';

/** Latchkey as one serving process has it open, hashing left out. */
export interface BenchProcess {
  readonly deps: Deps;
  readonly dataDir: string;
  readonly calls: Calls;
  readonly close: () => Promise<void>;
}

const folders: string[] = [];

/** A new empty folder on the disk of the project, whose flushes are what is measured; gone when the bench ends. */
export function benchFolder(): string {
  const parent = join(import.meta.dirname, '../data');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  if (folders.length === 0) process.once('exit', removeFolders);
  folders.push(folder);
  return folder;
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/**
 * A new installation, on the server where there is an address and on the embedded log otherwise; or the one in a folder
 * that is there already, and stays when it is closed.
 */
export async function startBenchProcess(
  eventstoreUrl?: string,
  folder?: string,
): Promise<BenchProcess> {
  const dataDir = folder ?? benchFolder();
  const environment = readEnvironment({
    DATA_DIR: dataDir,
    EVENTSTORE_URL: eventstoreUrl,
    // Only a server may hold other logs too.
    EVENTSTORE_PREFIX: eventstoreUrl && `bench-${randomBytes(4).toString('hex')}-`,
    RATE_LIMITS: 'off',
    GITHUB_CLIENT_ID: 'bench',
    GITHUB_CLIENT_SECRET: 'bench',
  });
  const failed = (error: unknown) => {
    throw error;
  };
  const opened = await openLatchkey(environment, {
    // An unknown outcome is settled by sending the same append again, which costs time and is measured with it.
    report: ({ what, error }) =>
      what !== 'settling-attempt' && error !== undefined && failed(error),
    serving: { refused: failed },
  });
  await opened.deps.passwords.close();
  const { store, calls } = countedStore(opened.deps.store);
  const { vault } = opened.deps;
  const deps: Deps = {
    ...opened.deps,
    store,
    accounts: new AccountReader(store, vault),
    passwords: noHashing(vault.installationKeys),
  };
  const close = async () => {
    await opened.close();
    if (folder === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return { deps, dataDir, calls, close };
}
