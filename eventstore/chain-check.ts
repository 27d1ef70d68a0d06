import { continuesChain } from './chain.ts';
import type { Position, RecordedEvent } from './event-store.ts';
import type { DamagedEvent } from './log-damaged.ts';
import type { StreamHeads } from './stream-heads.ts';
import type { Breakage, BrokenEvent, LogVerification } from './verify-log.ts';

/** Judges every event by the one before it in its stream. Given them in log order. */
export class ChainCheck {
  readonly #heads: StreamHeads;
  readonly #onEvent: ((event: RecordedEvent) => void) | undefined;
  events = 0;
  position: Position | undefined;
  #streams = 0;
  readonly #broken = new Map<string, BrokenEvent>();

  constructor(heads: StreamHeads, onEvent: ((event: RecordedEvent) => void) | undefined) {
    this.#heads = heads;
    this.#onEvent = onEvent;
  }

  async add(event: RecordedEvent): Promise<void> {
    const { stream, position } = event;
    if (this.position !== undefined && position <= this.position) return; // delivered again
    this.#advance(event);
    this.#onEvent?.(event);
    if (this.#broken.has(stream)) return;
    const chain = await this.#heads.chainBefore(event);
    this.#heads.note(event);
    if (chain === undefined) return this.#break(event, 'gap');
    if (!continuesChain(chain, event)) this.#break(event, 'chain');
  }

  unreadable(event: DamagedEvent): void {
    this.#advance(event);
    this.#break(event, 'unreadable');
  }

  result(): LogVerification {
    return { events: this.events, streams: this.#streams, broken: [...this.#broken.values()] };
  }

  #advance({ position, revision }: DamagedEvent): void {
    this.events += 1;
    this.position = position;
    if (revision === 0) this.#streams += 1;
  }

  #break({ stream, revision, position }: DamagedEvent, breakage: Breakage): void {
    if (this.#broken.has(stream)) return;
    this.#broken.set(stream, { stream, revision, position, breakage });
  }
}
