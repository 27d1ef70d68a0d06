/** Commands of one account queue within a process, so that they do not fence each other. */
export class AccountQueues {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs the work once everything asked before it for this account has settled. */
  run<T>(accountId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(accountId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const tail = mine.catch(() => undefined); // the caller of `run` hears of it
    this.#tails.set(accountId, tail);
    void tail.then(() => {
      if (this.#tails.get(accountId) === tail) this.#tails.delete(accountId);
    });
    return mine;
  }

  /** Resolves when no command of any account is running: what a graceful stop waits for. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
