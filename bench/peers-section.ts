import { rmSync } from 'node:fs';
import type { Bench } from './bench.ts';
import { benchFolder, startBenchProcess } from './bench-process.ts';
import { seedCrowd } from './crowd.ts';
import type { Figure, Section } from './figures.ts';
import { beside, here, type Load, type Work } from './measure.ts';
import { installPeers, startPeer } from './peer.ts';
import { preparePersonVerbs } from './person-verbs.ts';
import { reachSteadyState } from './steady-state.ts';
import { prepareVerbs } from './verbs.ts';

interface Row {
  readonly work: string;
  readonly ours: Work;
  /** The peer's verb for the same. */
  readonly theirs: string;
  readonly load: Load;
  readonly aim: number;
}

/**
 * What people do over commands, beside Better Auth with as many accounts in its own SQLite file. On either side those
 * who do something registered as people do, and the others only are there.
 */
export async function measurePeers(bench: Bench): Promise<Section> {
  installPeers();
  const figures: Figure[] = [];
  for (const people of bench.crowds) figures.push(...(await besideBetterAuth(bench, people)));
  return {
    name: 'peers',
    versions: `SQLite ${process.versions['sqlite'] ?? ''}, Better Auth 1.7.25`,
    figures,
  };
}

async function besideBetterAuth(bench: Bench, people: number): Promise<Figure[]> {
  bench.progress(`${people} accounts on either side`);
  const [folder, theirFolder] = [benchFolder(), benchFolder()];
  const peer = await startPeer('better-auth.js', theirFolder, String(people));
  await seedCrowd(folder, { accounts: people - bench.people });
  const latchkey = await startBenchProcess(undefined, folder);
  const verbs = await prepareVerbs(latchkey, bench.people);
  const person = await preparePersonVerbs(latchkey, verbs.members);
  await reachSteadyState(latchkey, { log: person.link, vault: verbs.signIn });
  const rows = rowsOf({ ...verbs, ...person }, bench, people);
  const figures: Figure[] = [];
  const cost = `${people.toLocaleString('en-US')} accounts`;
  for (const { work, ours, theirs, load, aim } of rows) {
    const name = `${work}, ${load.width} at once, ${cost}`;
    figures.push(
      await bench.row(name, async () => ({
        work,
        load: String(load.width),
        cost,
        limit: `Better Auth's ${theirs}`,
        measured: await beside({
          work: here(ours),
          limit: peer.pacer(theirs),
          load,
          runs: bench.runs,
        }),
        units: 1,
        aim,
        shown: 'times',
      })),
    );
  }
  await latchkey.close();
  peer.stop();
  for (const gone of [folder, theirFolder]) rmSync(gone, { recursive: true, force: true });
  return figures;
}

type Ours = Readonly<
  Record<
    'register' | 'signIn' | 'sessionRow' | 'guard' | 'signInByIdentity' | 'link' | 'linkAndUnlink',
    Work
  >
>;

/** Aims as the project set them: more where the peer looks through its whole table. */
function rowsOf(ours: Ours, { serial, several }: Bench, people: number): Row[] {
  const byIdentity = people >= 100_000 ? 25 : 4;
  const row = (work: keyof Ours, aim: number, theirs: string = work): Row => ({
    work,
    ours: ours[work],
    theirs,
    load: serial,
    aim,
  });
  const identityRows = [
    row('signInByIdentity', byIdentity),
    row('link', byIdentity),
    row('linkAndUnlink', byIdentity),
  ];
  if (people >= 100_000) return identityRows;
  // So quick that fewer of them would be over before they are measured.
  const reads = { ...serial, count: 20 * serial.count };
  return [
    { ...row('register', 2.5), load: several },
    { ...row('signIn', 3), load: several },
    row('register', 1.5),
    row('signIn', 2.5),
    { ...row('sessionRow', 20, 'getSession'), load: reads },
    { ...row('guard', 5, 'getSession'), load: reads },
    ...identityRows,
  ];
}
