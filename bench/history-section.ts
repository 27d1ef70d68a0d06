import { join } from 'node:path';
import { signIn } from '../test/support/people.ts';
import { WebClient } from '../test/support/web-client.ts';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import { nameOf } from './crowd-names.ts';
import { seedCrowd } from './crowd.ts';
import type { Section } from './figures.ts';
import { askedPage } from './http-load.ts';
import { takenBeside, type Taking } from './measure.ts';
import { buildApp } from './page-servers.ts';
import { serve, type Served } from './served.ts';
import { password } from './verbs.ts';

const [longEvents, shortEvents] = [10_000, 100];
const aim = 1.5;

/** The newest fifty entries of a long history beside those of a short one, each in an installation of its own. */
export async function measureHistory(bench: Bench): Promise<Section> {
  buildApp();
  bench.progress(`an account with ${longEvents} events`);
  const [long, short] = [await historyServer(longEvents), await historyServer(shortEvents)];
  const count = bench.quick ? 50 : 200;
  const figure = await bench.row('history page', async () => {
    const [work, beside] = [await pageOf(long, count), await pageOf(short, count)];
    const taken = await takenBeside({ work, beside, runs: bench.runs });
    return {
      work: 'history page, newest 50',
      load: '1',
      cost: `${longEvents.toLocaleString('en-US')} events`,
      amounts: taken.work,
      unit: 'ms',
      beside: { what: `of ${shortEvents} events`, amounts: taken.beside },
      aim,
    };
  });
  await Promise.all([long.stop(), short.stop()]);
  const versions = `SQLite ${process.versions['sqlite'] ?? ''}`;
  return { name: 'history', versions, figures: [figure] };
}

/** The built app with one account that somebody can sign in to, its events in its own stream. */
async function historyServer(events: number): Promise<Served> {
  const folder = benchFolder();
  const dataDir = join(folder, 'latchkey');
  await seedCrowd(dataDir, { accounts: 1, changes: events - 1 });
  return serve({
    script: 'bench/latchkey-server.ts',
    environment: { DATA_DIR: dataDir, RATE_LIMITS: 'off' },
    output: join(folder, 'printed.log'),
    page: '/login',
  });
}

/** What one page takes over HTTP, in milliseconds. */
async function pageOf(server: Served, count: number): Promise<Taking> {
  const { port } = new URL(server.address);
  const client = new WebClient(`http://localhost:${port}`, server.address);
  await signIn(client, { username: nameOf(0), password });
  const address = client.origin;
  const { pacer } = askedPage({ ...server, address }, '/settings/history', [client.cookie]);
  return async () => 1_000 / (await pacer({ width: 1, count })).rate;
}
