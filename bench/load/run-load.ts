import { boundsFor, p99, tooMuch, type Bounds } from './bounds.ts';
import { doctorComplains, lostIn } from './acknowledged.ts';
import { highestRate } from './highest-rate.ts';
import type { Findings } from './promises.ts';
import { Doors, type Rush } from './rush.ts';
import { startSite, type Hashes, type Site } from './site.ts';
import { weather, type Storm } from './storm.ts';
import { quantile } from './tally.ts';

export interface LoadPlan {
  readonly hashes: Hashes;
  /** Seconds of each rate that is tried, and of each storm. */
  readonly seconds: number;
  /** At most so many rates are tried. */
  readonly rates: number;
  readonly halvings: number;
  /** Most people under way at once. */
  readonly most: number;
  readonly say: (line: string) => void;
}

export interface LoadFound extends Findings {
  readonly hashes: Hashes;
  readonly bounds: Bounds;
  /** At the highest rate. */
  readonly best: Rush | undefined;
}

/** Longer than it may take to be well again. */
const CALM_SECONDS = 25;

/** The first rate that is tried, in people a second: little enough for two cores that hash for real. */
const FIRST: Readonly<Record<Hashes, number>> = { real: 0.5, none: 4 };

/** Finds the highest rate, goes past it, and looks whether what was said is true. */
export async function runLoad(plan: LoadPlan): Promise<LoadFound> {
  const { hashes } = plan;
  const site = await startSite(hashes);
  try {
    const doors = new Doors(site);
    const bounds = await boundsAt(doors, plan);
    const { highest, best } = await climb(doors, bounds, plan);
    const storms = await pastIt({ site, doors }, { bounds, highest }, plan);
    const told = doors.guests.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    plan.say(`looking for ${told} acknowledged events in the log`);
    const lost = await lostIn(site, doors.guests);
    const doctor = await doctorComplains(site);
    return { hashes, bounds, best, highest, storms, acknowledged: told, lost, doctor };
  } finally {
    await site.stop();
  }
}

/** Warms the application up, and measures what a hash takes when nobody else is there. */
async function boundsAt(doors: Doors, { say, most }: LoadPlan): Promise<Bounds> {
  await doors.rush({ rate: 2, seconds: 3, most });
  const lone = await doors.rush({ rate: 1, seconds: 4, most: 1 });
  const hash = quantile(lone.tally.took('hashing'), 0.5);
  say(`alone, an answer with a hash takes ${Math.round(hash)} ms`);
  return boundsFor(hash);
}

async function climb(doors: Doors, bounds: Bounds, plan: LoadPlan) {
  const { hashes, seconds, rates, halvings, most, say } = plan;
  let best: Rush | undefined;
  const search = { from: FIRST[hashes], halvings, most: rates };
  const highest = await highestRate(search, async (rate) => {
    const rush = await doors.rush({ rate, seconds, most });
    const why = tooMuch(rush, bounds);
    say(`${rate} people a second: ${why ?? `p99 ${Math.round(p99(rush.tally.took('other')))} ms`}`);
    if (why === undefined) best = rush;
    return why === undefined;
  });
  return { highest, best };
}

async function pastIt(
  at: { readonly site: Site; readonly doors: Doors },
  { bounds, highest }: { readonly bounds: Bounds; readonly highest: number },
  { seconds, most, say }: LoadPlan,
): Promise<readonly Storm[]> {
  const storms: Storm[] = [];
  for (const times of highest === 0 ? [] : [2, 4]) {
    const storm = await weather(at, { times, highest, seconds, calm: CALM_SECONDS, most }, bounds);
    const { rush, wellAfter } = storm;
    const { refusedAfter, broken } = rush.tally;
    say(
      `${times} ×: ${rush.came} came, ${refusedAfter.length} refused, ${broken.size} kinds broken`,
    );
    say(`well again after ${wellAfter} s`);
    storms.push(storm);
  }
  return storms;
}
