import type { Bench } from './bench.ts';
import { openBareSql } from './bare-sql.ts';
import { startBenchProcess } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { beside, here, type Load } from './measure.ts';
import { rowsAdded } from './row-count.ts';

import { preparePersonVerbs } from './person-verbs.ts';
import { reachSteadyState } from './steady-state.ts';
import { prepareVerbs } from './verbs.ts';

/** Durable commits that one of a verb waits for or leaves behind, in log and vault. */
const commits: Readonly<Record<'register' | 'link' | 'signIn', number>> = {
  // Key, credential and session; the events.
  register: 2,
  // The events.
  link: 1,
  // The session and what the activity page shows.
  signIn: 1,
};

/**
 * Verbs on the embedded log beside bare SQL: as many rows in as many durable commits, those that are under way
 * together in the same ones.
 */
export async function measureEmbedded(bench: Bench): Promise<Section> {
  const bare = await openBareSql();
  const latchkey = await startBenchProcess();
  const { members, register, signIn } = await prepareVerbs(latchkey, bench.people);
  const { link } = await preparePersonVerbs(latchkey, members);
  await reachSteadyState(latchkey, { log: link, vault: signIn });
  const verbs = { register, link, signIn };
  const figures: Figure[] = [];
  const contest = async (name: keyof typeof verbs, load: Load) => {
    const work = verbs[name];
    const rows = await rowsAdded(latchkey, work);
    const together = Math.round((rows * load.width) / commits[name]);
    const units = commits[name] / load.width;
    figures.push(
      await bench.row(`${name}, ${load.width} at once`, async () => ({
        work: name,
        load: String(load.width),
        cost: `${rows} rows, ${commits[name]} commits`,
        limit: `commits of ${together} rows`,
        measured: await beside({
          work: here(work),
          limit: here(bare.commit(together)),
          load,
          limitLoad: { width: 1, count: Math.ceil(load.count * units) },
          runs: bench.runs,
        }),
        units,
      })),
    );
  };
  for (const load of [bench.serial, bench.atOnce]) {
    await contest('register', load);
    await contest('link', load);
    await contest('signIn', load);
  }
  await latchkey.close();
  bare.close();
  return { name: 'embedded', versions: `SQLite ${process.versions['sqlite'] ?? ''}`, figures };
}
