import type { EventStore } from '../../eventstore/event-store.ts';
import type { ErasedList } from '../../vault/erased-list.ts';
import type { Vault } from '../../vault/vault.ts';

/** The process died here. Nothing it does afterwards reaches a file. */
export class Crash extends Error {
  readonly code = 'crash';
}

/**
 * Lets a process die before or after its nth write to log or vault, each side a step of its own, and lets nothing
 * through from then on. What was written before stays written, as with kill -9 on a durable disk.
 */
export class CrashSwitch {
  /** How many steps were taken. */
  steps = 0;
  readonly #at: number;
  #dead = false;

  constructor(at: number) {
    this.#at = at;
  }

  readonly wrapStore = (store: EventStore): EventStore => ({
    atomic: store.atomic,
    read: (...asked) => (this.#alive(), store.read(...asked)),
    append: (writes) => this.#write(() => store.append(writes)),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  });

  /** The vault's own methods, and those of its parts. */
  readonly wrapVault = (vault: Vault): Vault => this.#methods(vault);

  readonly wrapErased = (erased: ErasedList): ErasedList => this.#methods(erased);

  #methods<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found === 'object' && found !== null) return this.#methods(found);
        if (typeof found !== 'function') return found;
        const call = (...args: unknown[]) => Promise.resolve(Reflect.apply(found, target, args));
        return reads.has(String(name))
          ? (...args: unknown[]) => (this.#alive(), call(...args))
          : (...args: unknown[]) => this.#write(() => call(...args));
      },
    });
  }

  async #write<T>(work: () => Promise<T>): Promise<T> {
    this.#step();
    const answer = await work();
    this.#step();
    return answer;
  }

  #step(): void {
    this.#alive();
    this.steps += 1;
    if (this.steps === this.#at) this.#dead = true;
    this.#alive();
  }

  #alive(): void {
    if (this.#dead) throw new Crash('the process died');
  }
}

/** What only looks. Everything else is a write. */
const reads = new Set([
  'get',
  'find',
  'list',
  'all',
  'livingOf',
  'isAlive',
  'unsettled',
  'spend',
  'giveBack',
  'currentPrehash',
  'prehash',
]);
