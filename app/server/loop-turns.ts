/** So many begin in one turn: what they have to write still shares durable commits. */
const TOGETHER = 8;
/** Where more wait than this, each begins in a turn of their own. */
const MANY = 16;

/**
 * Deals out turns of the event loop, a few askers to each. A turn accepts only one new connection: where one turn makes
 * fifty pages, whoever just arrives waits for seconds before anything here has heard of them, a refusal included.
 */
export class LoopTurns {
  #begun = 0;
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the asker's turn, in the order of asking. */
  next(): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.push(begin);
      this.#deal();
    });
  }

  #deal(): void {
    if (this.#begun === 0 && this.#waiting.length > 0) setImmediate(() => this.#turn());
    const together = this.#waiting.length > MANY ? 1 : TOGETHER;
    for (; this.#begun < together; this.#begun += 1) {
      const begin = this.#waiting.shift();
      if (!begin) return;
      begin();
    }
  }

  #turn(): void {
    this.#begun = 0;
    this.#deal();
  }
}
