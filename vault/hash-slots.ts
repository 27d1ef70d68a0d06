import { FairQueue } from './fair-queue.ts';
import { VaultFault } from './vault-fault.ts';

/** Whose turn a hash takes. */
export interface HashLane {
  /** `addressKey` of the client. */
  readonly address: string;
  /** Whether this browser signed in before (`__Host-known`). */
  readonly known: boolean;
}

export interface HashSlotsOptions<Task, Answer> {
  readonly run: (task: Task) => Promise<Answer>;
  /** How many hashes of strangers run at once. Known browsers have one more slot, and any that is free. */
  readonly strangerSlots: number;
  /** How many may wait, of strangers and of known browsers each. */
  readonly maxWaiting: number;
}

interface Job<Task, Answer> {
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Deals out the few places where hashes run, so that a flood from strangers delays only strangers (H16). */
export class HashSlots<Task, Answer> {
  readonly #options: HashSlotsOptions<Task, Answer>;
  readonly #strangers: FairQueue<Job<Task, Answer>>;
  readonly #known: FairQueue<Job<Task, Answer>>;
  readonly #running = { strangers: 0, known: 0 };
  #whenIdle: (() => void)[] = [];

  constructor(options: HashSlotsOptions<Task, Answer>) {
    this.#options = options;
    this.#strangers = new FairQueue(options.maxWaiting);
    this.#known = new FairQueue(options.maxWaiting);
  }

  /** Throws the fault `overloaded` where there is no place to wait, at once or when others need it more. */
  take(lane: HashLane, task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const queue = lane.known ? this.#known : this.#strangers;
      const evicted = queue.push(lane.address, { task, resolve, reject });
      evicted?.reject(new VaultFault('overloaded', 'too many password hashes are waiting'));
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
    try {
      job.resolve(await this.#options.run(job.task));
    } catch (error) {
      job.reject(error);
    } finally {
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
