import {
  placeOf,
  timeOf,
  type Found,
  type Places,
  type SourceName,
} from './history-sources.server.ts';

export type Sources = Readonly<Record<SourceName, AsyncIterator<Found>>>;

/**
 * Several lists as one, newest first. Facts keep the order of their revisions and the others their own; clocks may be
 * wrong, so a time only says before which fact something else stands: before the first that is not younger (F22).
 */
export class MergedHistory {
  readonly #sources: Sources;
  readonly #heads = new Map<SourceName, Found | undefined>();
  #places: Places;

  constructor(sources: Sources, from: Places) {
    this.#sources = sources;
    this.#places = from;
  }

  /** Where a later reading goes on behind what was taken so far. */
  get places(): Places {
    return this.#places;
  }

  async next(): Promise<Found | undefined> {
    const [fact, attempt, look] = [
      await this.#head('facts'),
      await this.#head('attempts'),
      await this.#head('looks'),
    ];
    const beside = newer(attempt, look);
    const next = beside && (!fact || timeOf(beside) > timeOf(fact)) ? beside : fact;
    if (!next) return undefined;
    this.#heads.delete(next.source);
    this.#places = { ...this.#places, [next.source]: placeOf(next) };
    return next;
  }

  /** What stands at the top is where the list goes on, so that what is newer by then cannot slip in below it. */
  async #head(name: SourceName): Promise<Found | undefined> {
    if (!this.#heads.has(name)) {
      const read: IteratorResult<Found, unknown> = await this.#sources[name].next();
      const head = read.done ? undefined : read.value;
      this.#heads.set(name, head);
      this.#places = { ...this.#places, [name]: head ? placeOf(head) + 1 : 0 };
    }
    return this.#heads.get(name);
  }
}

function newer(one: Found | undefined, other: Found | undefined): Found | undefined {
  if (!one || !other) return one ?? other;
  return timeOf(other) > timeOf(one) ? other : one;
}
