export interface WaitingPlacesOptions {
  /** How many jobs run at once. */
  readonly slots: number;
  /** Never more places than this. */
  readonly most: number;
  /** Who takes the last place waits about so long for a slot, in milliseconds. */
  readonly longestWaitMs: number;
}

/** So many of the last jobs are remembered; their middle is not moved by the first few, which start threads. */
const REMEMBERED = 9;

/**
 * How many may wait, by what jobs take: a queue that is counted alone is seconds long on a fast machine and a minute on a slow
 * one, and who waits a minute has gone when their turn comes.
 */
export class WaitingPlaces {
  readonly #options: WaitingPlacesOptions;
  readonly #took: number[] = [];

  constructor(options: WaitingPlacesOptions) {
    this.#options = options;
  }

  /** A job took so long, in milliseconds. */
  note(took: number): void {
    this.#took.push(took);
    if (this.#took.length > REMEMBERED) this.#took.shift();
  }

  /** As many as are served within the longest wait: at least one for each slot, the most until enough is known. */
  get count(): number {
    const { slots, most, longestWaitMs } = this.#options;
    const usual = this.#usual();
    if (usual === undefined || usual === 0) return most;
    return Math.min(most, Math.max(slots, Math.floor((slots * longestWaitMs) / usual)));
  }

  #usual(): number | undefined {
    if (this.#took.length < REMEMBERED) return undefined;
    return this.#took.toSorted((one, other) => one - other)[Math.floor(REMEMBERED / 2)];
  }
}
