import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { askedPage, type AskedPage } from './http-load.ts';
import { beside, type Load } from './measure.ts';
import {
  bareServer,
  betterAuthServer,
  buildPages,
  latchkeyServer,
  type PageServer,
} from './page-servers.ts';
import { installPeers } from './peer.ts';

const people = 16;
const page = '/settings';
const slowestWork = 'signed-in page, 99 of 100 within';

/** Something our page is held against, and how it should stand beside it. */
interface Rival {
  readonly name: string;
  readonly asked: AskedPage;
  readonly aim: number;
  readonly shown: 'share' | 'times';
}

/**
 * The page of somebody's settings, over loopback from the browser's side: ours with everything the built app does round
 * a page, beside the same markup from a bare Remix app behind the same Express, and beside that for people of Better
 * Auth.
 */
export async function measurePages(bench: Bench): Promise<Section> {
  installPeers();
  bench.progress('the app and the bare pages are built');
  buildPages();
  const folder = benchFolder();
  const servers = {
    ours: await latchkeyServer(folder, people),
    bare: await bareServer(folder),
    theirs: await betterAuthServer(folder, people),
  };
  const asked = (server: PageServer) => askedPage(server, page, server.cookies);
  const ours = asked(servers.ours);
  const rivals: readonly Rival[] = [
    { name: 'a bare Remix page', asked: asked(servers.bare), aim: 0.8, shown: 'share' },
    { name: "the same on Better Auth's", asked: asked(servers.theirs), aim: 2, shown: 'times' },
  ];
  const load = { width: people, count: bench.quick ? 400 : 2_000 };
  bench.progress('everybody looks at the page, so that no code is run for the first time');
  for (const { pacer } of [ours, ...rivals.map((rival) => rival.asked)]) await pacer(load);
  const figures: Figure[] = [];
  for (const rival of rivals) figures.push(...(await contest(bench, { ours, rival, load })));
  for (const server of Object.values(servers)) await server.stop();
  return { name: 'pages', versions: 'Remix 2.17.5, Better Auth 1.7.25', figures };
}

interface PageContest {
  readonly ours: AskedPage;
  readonly rival: Rival;
  readonly load: Load;
}

/** How many pages a second, and how long the slowest of a hundred took. */
function contest(
  { rows, runs }: Bench,
  { ours, rival: { name, asked, aim, shown }, load }: PageContest,
): Promise<readonly Figure[]> {
  const line = { load: String(load.width), cost: `${people} people` };
  return rows(`signed-in page beside ${name}`, async () => {
    const before = { ours: ours.waits.length, rival: asked.waits.length };
    const measured = await beside({ work: ours.pacer, limit: asked.pacer, load, runs });
    const waited = (of: AskedPage, from: number) =>
      // The first run warms up.
      parts(of.waits.slice(from), runs + 1)
        .slice(1)
        .map(slowest);
    const amounts = waited(ours, before.ours);
    const others = { what: name, amounts: waited(asked, before.rival) };
    return [
      { ...line, work: 'signed-in page', limit: name, measured, units: 1, aim, shown },
      { ...line, work: slowestWork, amounts, unit: 'ms', beside: others, aim: 1 },
    ];
  });
}

/** Equal parts in order. */
function parts(waits: readonly number[], count: number): number[][] {
  const size = waits.length / count;
  return Array.from({ length: count }, (_, part) => waits.slice(part * size, (part + 1) * size));
}

/** What 99 of 100 took no longer than. */
function slowest(waits: readonly number[]): number {
  const sorted = waits.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
