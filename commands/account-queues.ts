import { TryAgain } from './faults.ts';

/** So many commands of one account wait behind the one that runs: nobody has more wishes than that. */
const mostWaiting = 100;

interface Queue {
  /** Running and waiting. */
  readonly length: number;
  readonly tail: Promise<unknown>;
}

const nobody: Queue = { length: 0, tail: Promise.resolve() };

/**
 * Commands of one account queue within a process, so that they do not fence each other. A queue has an end (F25): a
 * slow log must not gather work for people who were told to try again long ago.
 */
export class AccountQueues {
  readonly #queues = new Map<string, Queue>();

  /**
   * Runs the work once everything asked before it for this account has settled. Throws TryAgain at once, and runs
   * nothing, where 100 wait already.
   */
  run<T>(accountId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(accountId) ?? nobody;
    if (before.length > mostWaiting) return Promise.reject(new TryAgain('too many commands wait'));
    const mine = before.tail.then(work, work);
    const tail = mine.then(
      () => this.#settled(accountId),
      () => this.#settled(accountId), // the caller of `run` hears of it
    );
    this.#queues.set(accountId, { length: before.length + 1, tail });
    return mine;
  }

  /** Is a command of the account running or waiting? */
  isBusy(accountId: string): boolean {
    return this.#queues.has(accountId);
  }

  /** Resolves when no command of any account is running: what a graceful stop waits for. */
  async idle(): Promise<void> {
    while (this.#queues.size > 0) {
      await Promise.all([...this.#queues.values()].map(({ tail }) => tail));
    }
  }

  #settled(accountId: string): void {
    const { length, tail } = this.#queues.get(accountId) ?? nobody;
    if (length <= 1) this.#queues.delete(accountId);
    else this.#queues.set(accountId, { length: length - 1, tail });
  }
}
