import { FairQueue } from './fair-queue.ts';
import { VaultFault } from './vault-fault.ts';
import { WaitingPlaces } from './waiting-places.ts';

/** Whose turn a job takes. */
export interface Lane {
  /** `addressKey` of the client. */
  readonly address: string;
  /** Whether this browser signed in before (`__Host-known`). */
  readonly known: boolean;
}

export interface FairSlotsOptions<Task, Answer> {
  readonly run: (task: Task) => Promise<Answer>;
  /** How many jobs of strangers run at once. Known browsers have one more slot, and any that is free. */
  readonly strangerSlots: number;
  /** How many may wait, of strangers and of known browsers each. */
  readonly maxWaiting: number;
  /** Who would wait longer than about this for a slot is refused at once, in milliseconds. */
  readonly longestWaitMs: number;
}

interface Job<Task, Answer> {
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Deals out a few slots, so that a flood from strangers delays only strangers (H16), and nobody for long. */
export class FairSlots<Task, Answer> {
  readonly #options: FairSlotsOptions<Task, Answer>;
  readonly #strangers: FairQueue<Job<Task, Answer>>;
  readonly #known: FairQueue<Job<Task, Answer>>;
  readonly #places: WaitingPlaces;
  readonly #running = { strangers: 0, known: 0 };
  #whenIdle: (() => void)[] = [];

  constructor(options: FairSlotsOptions<Task, Answer>) {
    this.#options = options;
    this.#strangers = new FairQueue(options.maxWaiting);
    this.#known = new FairQueue(options.maxWaiting);
    const { strangerSlots: slots, maxWaiting: most, longestWaitMs } = options;
    this.#places = new WaitingPlaces({ slots, most, longestWaitMs });
  }

  /** Throws the fault `overloaded` where there is no place to wait, at once or when others need it more. */
  take(lane: Lane, task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const queue = lane.known ? this.#known : this.#strangers;
      const evicted = queue.push(lane.address, { task, resolve, reject }, this.#places.count);
      evicted?.reject(new VaultFault('overloaded', 'too many are waiting for a slot'));
      this.#fill();
    });
  }

  /** Resolves when nothing waits or runs. */
  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #fill(): void {
    const { strangerSlots } = this.#options;
    for (;;) {
      const total = this.#running.strangers + this.#running.known;
      if (total > strangerSlots) return;
      const isStranger = this.#running.strangers < strangerSlots && this.#strangers.size > 0;
      const job = isStranger ? this.#strangers.shift() : this.#known.shift();
      if (!job) return;
      void this.#run(job, isStranger ? 'strangers' : 'known');
    }
  }

  async #run(job: Job<Task, Answer>, kind: 'strangers' | 'known'): Promise<void> {
    this.#running[kind] += 1;
    const began = performance.now();
    try {
      job.resolve(await this.#options.run(job.task));
    } catch (error) {
      job.reject(error);
    } finally {
      this.#places.note(performance.now() - began);
      this.#running[kind] -= 1;
      this.#fill();
      if (this.#isIdle()) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }

  #isIdle(): boolean {
    const { strangers, known } = this.#running;
    return strangers + known + this.#strangers.size + this.#known.size === 0;
  }
}
