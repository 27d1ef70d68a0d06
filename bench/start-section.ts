import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { CrowdSize } from './crowd.ts';
import { inWords, makeCrowds, type Crowds } from './crowds.ts';
import type { AmountFigure, Section } from './figures.ts';
import { takenBeside } from './measure.ts';
import { bareServer, buildPages } from './page-servers.ts';
import type { Served } from './served.ts';
import { serveCrowd } from './serving-rows.ts';

/** Times a bare Remix start. */
const aim = 1.5;

/** How long a start takes on an ordinary folder, and among many. */
export async function measureStart(bench: Bench): Promise<Section> {
  const crowds = makeCrowds(bench);
  const many = { accounts: bench.quick ? 10_000 : 1_000_000 };
  buildPages();
  const figures = [
    await bench.row('start', () => startTime(bench, crowds, { accounts: 250 })),
    await bench.row('start with many', () => startTime(bench, crowds, many)),
  ];
  await crowds.drop();
  return { name: 'start', versions: 'Remix 2.17.5', figures };
}

/** From the start of the process to the first page that is answered. */
async function startTime(
  { quick, runs }: Bench,
  crowds: Crowds,
  size: CrowdSize,
): Promise<AmountFigure> {
  const folder = benchFolder();
  await crowds.of(size);
  const timeOf = (start: () => Promise<Served>) => async () => {
    const server = await start();
    await server.stop();
    return server.started.seconds * 1_000;
  };
  const taken = await takenBeside({
    work: timeOf(() => serveCrowd(crowds, size)),
    beside: timeOf(() => bareServer(folder)),
    runs: quick ? 2 : runs,
  });
  return {
    work: 'start to the first page',
    load: '',
    cost: inWords(size),
    amounts: taken.work,
    unit: 'ms',
    beside: { what: 'a bare Remix app', amounts: taken.beside },
    aim,
  };
}
