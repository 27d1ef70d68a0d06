import { join } from 'node:path';
import { environmentAt, roleNames } from '../../dev/local-provider/roles.ts';
import { benchFolder } from '../bench-process.ts';
import { serve, type Served } from '../served.ts';

/** The built application with its limits on and the local provider beside it, each in a process of its own. */
export interface Site {
  readonly address: string;
  /** Where its log and vault are. */
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Resident memory of the application, in bytes. */
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** How passwords are hashed: as everywhere (cost 12), or not at all, by a server that only the bench has. */
export type Hashes = 'real' | 'none';

const scripts: Readonly<Record<Hashes, string>> = {
  real: 'app/server/start.js',
  none: 'bench/latchkey-server.ts',
};

export async function startSite(hashes: Hashes): Promise<Site> {
  const folder = benchFolder();
  const output = join(folder, 'printed.log');
  const provider = await serve({ script: 'bench/provider-server.ts', output, page: '/' });
  const roles = environmentAt(provider.address);
  const dataDir = join(folder, 'latchkey');
  const environment = Object.assign(
    { DATA_DIR: dataDir },
    ...roleNames.map((role) => roles[role]),
  ) as Record<string, string>;
  const app = await serve({ script: scripts[hashes], environment, output, page: '/login' });
  const stop = (one: Served) => one.stop();
  return {
    address: app.address,
    dataDir,
    environment,
    memory: async () => (await app.cost()).memory,
    stop: async () => void (await Promise.all([app, provider].map(stop))),
  };
}
