import { join } from 'node:path';
import { environmentAt } from '../dev/local-provider/roles.ts';
import { arrivalsAtBetterAuth, arrivalsAtLatchkey, type Arrivals } from './arrivals.ts';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { beside, paceOf, type Load } from './measure.ts';
import { installPeers } from './peer.ts';
import { seedCrowd } from './crowd.ts';
import { buildApp } from './page-servers.ts';
import { serve, servedBy, type Served } from './served.ts';

/** So many do things; the others only are there. */
const actors = 64;

const aims: Readonly<Record<keyof Arrivals, number>> = { signIn: 2, dance: 1.5 };
const names: Readonly<Record<keyof Arrivals, string>> = {
  signIn: 'sign-in form sent',
  dance: 'there and back with a provider',
};

/**
 * Whole requests over loopback, from the browser's side: ours with everything the built app does around a form, Better
 * Auth's with its own endpoints. Both ask one local provider in a process of its own.
 */
export async function measureActions(bench: Bench): Promise<Section> {
  installPeers();
  buildApp();
  const people = bench.quick ? 1_000 : 10_000;
  const cost = `${people.toLocaleString('en-US')} accounts`;
  bench.progress(`${cost} on either side, served over loopback`);
  const sides = await startSides(people);
  for (const { signIn, dance } of [sides.ours, sides.theirs]) {
    for (const work of [signIn, dance]) await paceOf(work, warmUp);
  }
  const contest = (name: keyof Arrivals, load: Load) =>
    bench.row(`${names[name]}, ${load.width} at once`, async () => {
      const { ours, theirs } = sides;
      const work = servedBy(ours.server, ours[name]);
      const limit = servedBy(theirs.server, theirs[name]);
      const measured = await beside({ work, limit, load, runs: bench.runs });
      const line = { work: names[name], load: String(load.width), cost, limit: "Better Auth's" };
      return { ...line, measured, units: 1, aim: aims[name], shown: 'times' };
    });
  const figures: Figure[] = [];
  for (const load of loadsOf(bench)) {
    figures.push(await contest('signIn', load));
    figures.push(await contest('dance', load));
  }
  await sides.stop();
  const versions = `SQLite ${process.versions['sqlite'] ?? ''}, Better Auth 1.7.25`;
  return { name: 'actions', versions, figures };
}

/** So often that code which was never run before is as fast as it gets: servers run for weeks. */
const warmUp: Load = { width: 16, count: 300 };

const loadsOf = ({ quick }: Bench): readonly Load[] => [
  { width: 16, count: quick ? 160 : 800 },
  { width: 1, count: quick ? 80 : 400 },
];

/** Both servers with as many accounts, the provider beside them, and the people who arrive. */
async function startSides(people: number) {
  const folder = benchFolder();
  const output = join(folder, 'printed.log');
  const provider = await serve({ script: 'bench/provider-server.ts', output, page: '/' });
  const { google } = environmentAt(provider.address);
  const dataDir = join(folder, 'latchkey');
  await seedCrowd(dataDir, { accounts: people });
  const ours = await serve({
    script: 'bench/latchkey-server.ts',
    environment: { DATA_DIR: dataDir, RATE_LIMITS: 'off', ...google },
    output,
    page: '/login',
  });
  const theirs = await serve({
    script: 'bench/peers/better-auth-server.js',
    words: [folder, String(people), String(actors)],
    environment: google,
    output,
    page: '/api/auth/ok',
  });
  const at = ({ address }: Served) => ({ site: address, provider: provider.address });
  return {
    ours: { server: ours, ...(await arrivalsAtLatchkey(at(ours), actors)) },
    theirs: { server: theirs, ...(await arrivalsAtBetterAuth(at(theirs), actors)) },
    stop: () => Promise.all([ours, theirs, provider].map((server) => server.stop())),
  };
}
