/** How many live feeds one session may hold open in this process (H14). */
export const FEEDS_PER_SESSION = 3;

/** The live feeds of this process: counted by session, and ended together when it stops. */
export class Feeds {
  readonly #open = new Map<string, number>();
  readonly #stopping = new AbortController();

  /** Aborts when the process stops: a feed would keep its connection open for as long as one waits. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Answers how to give the place back, or undefined where the session holds as many as it may. */
  take(sessionId: string): (() => void) | undefined {
    const held = this.#open.get(sessionId) ?? 0;
    if (held >= FEEDS_PER_SESSION) return undefined;
    this.#open.set(sessionId, held + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (this.#open.get(sessionId) ?? 1) - 1;
      if (left === 0) this.#open.delete(sessionId);
      else this.#open.set(sessionId, left);
    };
  }

  /** Ends every feed, and those that are asked for from now on. */
  end(): void {
    this.#stopping.abort();
  }
}
