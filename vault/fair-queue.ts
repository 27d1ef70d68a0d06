/**
 * A bounded queue that is fair by lane: the lanes take turns, and where it is full the newcomer's place is paid
 * for by the longest lane. One loud lane fills only its own time (H16).
 */
export class FairQueue<Job> {
  readonly #maxWaiting: number;
  /** In order of their turn; never an empty lane. */
  readonly #lanes = new Map<string, Job[]>();
  #size = 0;

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Answers the job that has no place any more: none, the newest of the longest lane, or this one itself. `places`: how many
   * may wait now, where that is fewer than ever.
   */
  push(lane: string, job: Job, places = this.#maxWaiting): Job | undefined {
    if (this.#size < Math.min(places, this.#maxWaiting)) {
      this.#append(lane, job);
      return undefined;
    }
    const longest = this.#longestLane();
    const own = this.#lanes.get(lane)?.length ?? 0;
    const evicted = longest && longest.length > own + 1 ? longest.pop() : undefined;
    if (evicted === undefined) return job;
    this.#size -= 1;
    this.#append(lane, job);
    return evicted;
  }

  /** The oldest job of the lane whose turn it is. */
  shift(): Job | undefined {
    const [turn] = this.#lanes;
    if (!turn) return undefined;
    const [lane, jobs] = turn;
    const job = jobs.shift();
    this.#lanes.delete(lane);
    if (jobs.length > 0) this.#lanes.set(lane, jobs);
    this.#size -= 1;
    return job;
  }

  #append(lane: string, job: Job): void {
    const jobs = this.#lanes.get(lane);
    if (jobs) jobs.push(job);
    if (!jobs) this.#lanes.set(lane, [job]);
    this.#size += 1;
  }

  #longestLane(): Job[] | undefined {
    let longest: Job[] | undefined;
    for (const jobs of this.#lanes.values()) {
      if (!longest || jobs.length > longest.length) longest = jobs;
    }
    return longest;
  }
}
