import type { Request } from 'express';
import { addressKey } from '../../vault/address-key.ts';
import { FairSlots } from '../../vault/fair-slots.ts';
import { clientAddress } from './client-address.ts';
import { edgeState } from './edge-state.ts';
import { LoopTurns } from './loop-turns.ts';

export interface RoomOptions {
  readonly trustedProxies: number;
  /** Pages that are made at once; default 32. They wait for no hash and no provider. */
  readonly pages?: number;
  /** Forms and returns from providers under way at once; default 256: most of them wait, for hashes or for others. */
  readonly forms?: number;
  /** How many may wait behind them, of pages and of forms each; default 500. */
  readonly waiting?: number;
}

/** Who would wait longer than about this is refused at once. */
const LONGEST_WAIT_MS = 1_000;

type Work<Answer> = () => Promise<Answer>;

/**
 * How much this process does at once. Beyond it people wait in turn, fair by address, and who would wait too long is told
 * so at once: a process that takes everything in serves nobody in time, and holds all of it in memory.
 */
export class Room<Answer> {
  readonly #trustedProxies: number;
  readonly #turns = new LoopTurns();
  readonly #pages: FairSlots<Work<Answer>, Answer>;
  readonly #forms: FairSlots<Work<Answer>, Answer>;

  constructor({ trustedProxies, pages = 32, forms = 256, waiting = 500 }: RoomOptions) {
    this.#trustedProxies = trustedProxies;
    this.#pages = this.#slotsFor(pages, waiting);
    this.#forms = this.#slotsFor(forms, waiting);
  }

  /** Does the work of a request when there is room. Throws the fault `overloaded`, and then nothing of it was done. */
  within(request: Request, work: Work<Answer>): Promise<Answer> {
    const slots = waitsForOthers(request) ? this.#forms : this.#pages;
    const address = addressKey(clientAddress(request, this.#trustedProxies) ?? '');
    return slots.take({ address, known: false }, work);
  }

  #slotsFor(strangerSlots: number, maxWaiting: number): FairSlots<Work<Answer>, Answer> {
    return new FairSlots({
      run: async (work) => {
        await this.#turns.next();
        return work();
      },
      strangerSlots,
      maxWaiting,
      longestWaitMs: LONGEST_WAIT_MS,
    });
  }
}

const waitsForOthers = (request: Request): boolean =>
  request.method === 'POST' || edgeState(request).route === '/auth/:provider/callback';
