import type { Bench } from './bench.ts';
import { makeCrowds } from './crowds.ts';
import type { Figure, Section } from './figures.ts';
import { buildPages } from './page-servers.ts';
import { rebuildGrowth, rebuildMemory, rebuildRate } from './rebuild-rows.ts';
import { servingMemory } from './serving-rows.ts';
import { verbRows } from './verb-size-rows.ts';

/** What grows with the crowd and what must not: memory, a rebuild, and every verb. */
export async function measureSizes(bench: Bench): Promise<Section> {
  const crowds = makeCrowds(bench);
  const { few, many, rebuilt, most } = sizesOf(bench);
  const verbs = verbRows(bench, crowds, { few, many });
  const rows: Readonly<Record<string, () => Promise<Figure>>> = {
    'memory of a server': () => servingMemory(bench, crowds, many),
    rebuild: () => rebuildRate(bench, crowds, rebuilt),
    'memory of a rebuild': () => rebuildMemory(crowds, many),
    'memory of a larger rebuild': () => rebuildGrowth(crowds, rebuilt, most),
    ...verbs.rows,
  };
  buildPages();
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(rows)) figures.push(await bench.row(name, measure));
  await verbs.close();
  await crowds.drop();
  return { name: 'sizes', versions: `SQLite ${process.versions['sqlite'] ?? ''}`, figures };
}

/** A million accounts, a million events and ten; a quick run has a hundredth of the accounts. */
const sizesOf = ({ quick }: Bench) => ({
  few: { accounts: 1_000 },
  many: { accounts: quick ? 10_000 : 1_000_000 },
  rebuilt: { accounts: quick ? 10_000 : 333_333 },
  most: quick ? { accounts: 20_000 } : { accounts: 1_000_000, changes: 7 },
});
