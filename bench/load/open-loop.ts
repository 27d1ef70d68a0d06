import { setTimeout as sleep } from 'node:timers/promises';

export interface Arrival {
  /** People a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Where so many are under way, whoever comes next finds no place; they are counted. */
  readonly most: number;
}

/** How it went: who came, and who was sent away because too many were under way. */
export interface Arrived {
  readonly came: number;
  readonly turnedAway: number;
}

/**
 * People come at a rate, evenly spaced, whatever becomes of those before them; each is told when they should have come.
 * Answers when everybody has gone again.
 */
export async function openLoop(
  { rate, seconds, most }: Arrival,
  come: (wanted: number) => Promise<void>,
): Promise<Arrived> {
  const began = performance.now();
  const wantedAt = (index: number) => began + (index * 1_000) / rate;
  const people = Math.max(1, Math.round(rate * seconds));
  const underWay = new Set<Promise<void>>();
  let turnedAway = 0;
  for (let index = 0; index < people; index += 1) {
    const wanted = wantedAt(index);
    const early = wanted - performance.now();
    if (early > 0) await sleep(early);
    if (underWay.size >= most) turnedAway += 1;
    else {
      const visit = come(wanted).finally(() => underWay.delete(visit));
      underWay.add(visit);
    }
  }
  await Promise.all(underWay);
  return { came: people - turnedAway, turnedAway };
}
