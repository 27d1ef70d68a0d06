import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { CrowdSize } from './crowd.ts';
import { inWords, type Crowds } from './crowds.ts';
import type { AmountFigure } from './figures.ts';
import { takenBeside } from './measure.ts';
import { bareServer } from './page-servers.ts';
import { serve, type Served } from './served.ts';

/** Times a bare Remix start; and MB. */
const aimStart = 1.5;
const aimMemory = 250;

/** So long a server's memory is looked at: until the whole log was read once, in the background; in seconds. */
const watched = { quick: 2, full: 150 };

/** The built application as `npm start` runs it on a folder with a crowd. */
async function serveCrowd(crowds: Crowds, size: CrowdSize): Promise<Served> {
  const folder = await crowds.of(size);
  const output = join(folder, 'server.log');
  const environment = { DATA_DIR: folder };
  return serve({ script: 'app/server/start.js', output, page: '/login', environment });
}

/** From the start of the process to the first page that is answered. */
export async function startTime(
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
    aim: aimStart,
  };
}

export async function servingMemory(
  { quick }: Bench,
  crowds: Crowds,
  size: CrowdSize,
): Promise<AmountFigure> {
  const server = await serveCrowd(crowds, size);
  const seconds = quick ? watched.quick : watched.full;
  let most = server.started.memory;
  for (let second = 0; second < seconds; second += 1) {
    await fetch(`${server.address}/login`).then((answer) => answer.text());
    await sleep(1_000);
    most = Math.max(most, (await server.cost()).memory);
  }
  await server.stop();
  return {
    work: 'memory of the server',
    load: '',
    cost: `${inWords(size)}, the most in ${seconds} s`,
    amounts: [most / 1e6],
    unit: 'MB',
    aim: aimMemory,
  };
}
