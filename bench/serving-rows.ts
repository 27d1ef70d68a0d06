import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import type { CrowdSize } from './crowd.ts';
import { inWords, type Crowds } from './crowds.ts';
import type { AmountFigure } from './figures.ts';
import { serve, type Served } from './served.ts';

/** MB. */
const aimMemory = 250;

/** So long a server's memory is looked at: until the whole log was read once, in the background; in seconds. */
const watched = { quick: 2, full: 150 };

/** The built application as `npm start` runs it on a folder with a crowd. */
export async function serveCrowd(crowds: Crowds, size: CrowdSize): Promise<Served> {
  const folder = await crowds.of(size);
  const output = join(folder, 'server.log');
  const environment = { DATA_DIR: folder };
  return serve({ script: 'app/server/start.js', output, page: '/login', environment });
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
