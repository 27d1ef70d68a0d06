import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Gives each asker a turn of the event loop of their own. A turn accepts only one new connection: where one turn makes
 * fifty pages, whoever just arrives waits for seconds before anything here has heard of them.
 */
export class LoopTurns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves when it is the asker's turn, in the order of asking. */
  next(): Promise<unknown> {
    this.#last = this.#last.then(() => nextTurn());
    return this.#last;
  }
}
