import { rmSync } from 'node:fs';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import { seedCrowd, type CrowdSize } from './crowd.ts';

/** Folders with crowds in them, each made when a row first needs it and shared by those that follow. */
export interface Crowds {
  readonly of: (size: CrowdSize) => Promise<string>;
  readonly drop: () => Promise<void>;
}

export function makeCrowds({ progress }: Pick<Bench, 'progress'>): Crowds {
  const made = new Map<string, Promise<string>>();
  const make = async (size: CrowdSize) => {
    const folder = benchFolder();
    progress(inWords(size));
    await seedCrowd(folder, size);
    return folder;
  };
  return {
    of: (size) => {
      const key = inWords(size);
      const folder = made.get(key) ?? make(size);
      made.set(key, folder);
      return folder;
    },
    drop: async () => {
      for (const folder of made.values()) rmSync(await folder, { recursive: true, force: true });
    },
  };
}

export const inWords = ({ accounts, changes = 0 }: CrowdSize): string =>
  `${(accounts * (3 + changes)).toLocaleString('en-US')} events of ${accounts.toLocaleString('en-US')} accounts`;
