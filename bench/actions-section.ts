import { rmSync } from 'node:fs';
import { environmentAt } from '../dev/local-provider/roles.ts';
import { arrivalsAtBetterAuth, arrivalsAtLatchkey, type Arrivals } from './arrivals.ts';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { beside, type Load } from './measure.ts';
import { installPeers } from './peer.ts';
import { servedBy, startServer } from './server-process.ts';

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
  const people = bench.quick ? 1_000 : 10_000;
  const cost = `${people.toLocaleString('en-US')} accounts`;
  bench.progress(`${cost} on either side, served over loopback`);
  const sides = await startSides(people);
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
  sides.stop();
  const versions = `SQLite ${process.versions['sqlite'] ?? ''}, Better Auth 1.7.25`;
  return { name: 'actions', versions, figures };
}

/** Long enough for code that was never run before to become as fast as it gets. */
const loadsOf = ({ quick }: Bench): readonly Load[] => [
  { width: 1, count: quick ? 80 : 400 },
  { width: 16, count: quick ? 160 : 800 },
];

/** Both servers with as many accounts, the provider beside them, and the people who arrive. */
async function startSides(people: number) {
  const folders = { ours: benchFolder(), theirs: benchFolder() };
  const provider = await startServer('provider-server.ts');
  const { google } = environmentAt(provider.origin);
  const ours = await startServer('latchkey-server.ts', {
    args: ['none', String(people)],
    environment: { DATA_DIR: folders.ours, RATE_LIMITS: 'off', ...google },
  });
  const crowd = { FOLDER: folders.theirs, PEOPLE: String(people), ACTORS: String(actors) };
  const theirs = await startServer('peers/better-auth-server.js', {
    environment: { ...crowd, ...google },
  });
  return {
    ours: { server: ours, ...(await arrivalsAtLatchkey(ours.origin, provider.origin, actors)) },
    theirs: {
      server: theirs,
      ...(await arrivalsAtBetterAuth(theirs.origin, provider.origin, actors)),
    },
    stop: () => {
      for (const server of [ours, theirs, provider]) server.stop();
      for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
    },
  };
}
