import type { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { bareServer, latchkeyServer } from './page-servers.ts';

/** How long it takes from the start of the process until a browser has the first page, in turn with a bare Remix app. */
export async function startFigure(bench: Bench, folder: string): Promise<Figure> {
  const seconds = { ours: [] as number[], bare: [] as number[] };
  // The first start of either keeps what it compiled, and is not counted.
  for (let run = 0; run <= bench.runs; run += 1) {
    const bare = await bareServer(folder);
    await bare.stop();
    const ours = await latchkeyServer(folder, 0);
    await ours.stop();
    if (run === 0) continue;
    seconds.bare.push(bare.started.seconds);
    seconds.ours.push(ours.started.seconds);
  }
  return {
    work: 'start of the process until its first page',
    load: '',
    cost: 'the build as `npm start` runs it',
    amounts: seconds.ours,
    unit: 's',
    beside: { what: 'a bare Remix app', amounts: seconds.bare },
    aim: 1.5,
  };
}
