import { setTimeout as sleep } from 'node:timers/promises';
import { newPerson } from '../../test/support/people.ts';
import { openLoop, type Arrival, type Arrived } from './open-loop.ts';
import type { Site } from './site.ts';
import { Tally } from './tally.ts';
import { guestOf, visit, type Guest } from './visit.ts';
import { PATIENCE_MS, Visitor } from './visitor.ts';

/** People who came at a rate, and what was seen of it. */
export interface Rush extends Arrived {
  readonly arrival: Arrival;
  readonly guests: readonly Guest[];
  readonly tally: Tally;
}

/** Lets people come to a site, one number after the other. */
export class Doors {
  readonly #site: Site;
  /** Everybody who ever came. */
  readonly guests: Guest[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  /** Answers when everybody has gone; who lingers is sent away once the last has had the longest wait there is. */
  async rush(arrival: Arrival): Promise<Rush> {
    const tally = new Tally();
    const guests: Guest[] = [];
    const closing = new AbortController();
    const over = new AbortController();
    const endOfDay = sleep(arrival.seconds * 1_000 + PATIENCE_MS, undefined, {
      signal: over.signal,
    }).then(
      () => closing.abort(),
      () => undefined,
    );
    const arrived = await openLoop(arrival, async (wanted) => {
      const guest = guestOf(newPerson());
      guests.push(guest);
      this.guests.push(guest);
      const { address } = this.#site;
      const number = this.guests.length;
      const visitor = new Visitor({ address, number, wanted, closing: closing.signal, tally });
      await visit(visitor, guest, tally);
    });
    over.abort();
    await endOfDay;
    return { ...arrived, arrival, guests, tally };
  }
}
