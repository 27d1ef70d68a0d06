import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultCode, type EventStore, type Position } from '../eventstore/event-store.ts';
import type { Sighting } from '../eventstore/log-gate.ts';
import { keepAccountEvent } from './account-events.ts';
import type { Handling } from './apply-in-order.ts';
import {
  keepLease,
  lookMs,
  noteLevel,
  readLease,
  releaseLease,
  renewMs,
  takeLease,
} from './projector-lease.ts';
import { mend } from './projector-mend.ts';
import { ProjectorSession } from './projector-session.ts';
import { checkHolder } from './projector-write.ts';
import type { ReadModelFile } from './read-model-file.ts';
import { projectionState } from './read-model.ts';

export interface ProjectorParts {
  /** Its subscriptions heal themselves. */
  readonly store: Pick<EventStore, 'read' | 'subscribe'>;
  readonly model: ReadModelFile;
  readonly logId: string;
  /** The last look at the log's end. */
  readonly seen: () => Sighting | undefined;
  /** Told of what made it begin again; never of a log that is only away. */
  readonly report: (error: unknown) => void;
  /** Told after every transaction. */
  readonly applied?: (events: number, checkpoint: Position) => void;
  /** What else the holder of the lease does, until the signal ends. */
  readonly alsoWhileHolding?: (held: AbortSignal) => Promise<void>;
  /** This machine's clock, in milliseconds. */
  readonly clock?: () => number;
  readonly alsoKeep?: Handling['alsoKeep'];
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Drives the handlers of the lookups by a subscription into the machine's read model, while this process holds the
 * lease; else it waits for it. What is written is written in one transaction with the checkpoint, after the lease
 * and the checkpoint were looked at in that very transaction. Whatever goes wrong, it begins again from there.
 */
export class Projector {
  readonly #parts: ProjectorParts;
  readonly #me = `${process.pid}-${randomUUID()}`;
  #failures = 0;

  constructor(parts: ProjectorParts) {
    this.#parts = parts;
  }

  /** Ends by abort, and gives the lease back; ends at once where the tables are of another version. */
  async run(signal: AbortSignal): Promise<void> {
    const { model } = this.#parts;
    while (!signal.aborted) {
      try {
        if (await this.#take()) await this.#hold(signal);
      } catch (error) {
        this.#parts.report(error);
        if (faultCode(error) === 'other-version') break;
      }
      await pause(lookMs, signal);
    }
    await model.writer.write((db) => releaseLease(db, this.#me)).catch(this.#parts.report);
  }

  /** Looks before it asks for the write lock, so that those who wait do not disturb the one who writes. */
  async #take(): Promise<boolean> {
    const { model } = this.#parts;
    if (readLease(model.db, this.#now())?.held) return false;
    return model.writer.write((db) => takeLease(db, this.#me, this.#now()));
  }

  async #hold(signal: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const held = AbortSignal.any([signal, lost.signal]);
    const renewing = this.#renew(held, () => lost.abort());
    const also = this.#parts.alsoWhileHolding?.(held).catch(this.#parts.report);
    try {
      while (!held.aborted) await this.#project(held);
    } finally {
      lost.abort();
      await Promise.all([renewing, also]);
    }
  }

  /** Renews the lease, also while nothing comes, and notes when the read model held everything. */
  async #renew(held: AbortSignal, lose: () => void): Promise<void> {
    const { model, seen, report } = this.#parts;
    while (!held.aborted) {
      await pause(renewMs, held);
      if (held.aborted) return;
      try {
        await model.writer.write((db) => {
          keepLease(db, this.#me, this.#now());
          const sighting = seen();
          const { position } = projectionState(db);
          if (sighting && position >= sighting.newest) noteLevel(db, sighting.at);
        });
      } catch (error) {
        if (faultCode(error) === 'lease-lost') return lose();
        report(error);
      }
    }
  }

  /** One subscription, from wherever the read model stands; returns when there is reason to begin another. */
  async #project(held: AbortSignal): Promise<void> {
    const { store, model, logId, report } = this.#parts;
    try {
      await model.bind(store, logId, (db) => checkHolder(db, this.#holder()));
      const { position, stopped } = projectionState(model.db);
      if (stopped) return await pause(renewMs, held);
      await new ProjectorSession(this.#sessionParts(), position).run(held);
    } catch (error) {
      const code = faultCode(error);
      if (code === 'lease-lost' || code === 'other-version') throw error;
      if (code === 'checkpoint-moved') return;
      if (code !== 'unavailable') report(error);
      await mend(error, { store, model }, this.#holder());
      this.#failures += 1;
      const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures);
      await pause(longest * (0.5 + Math.random() / 2), held);
    }
  }

  #sessionParts() {
    const { store, model, alsoKeep = keepAccountEvent, applied } = this.#parts;
    return {
      store,
      writer: model.writer,
      me: this.#me,
      clock: () => this.#now(),
      alsoKeep,
      applied: (events: number, checkpoint: Position) => {
        this.#failures = 0;
        applied?.(events, checkpoint);
      },
    };
  }

  #holder() {
    return { me: this.#me, now: this.#now() };
  }

  #now(): number {
    return this.#parts.clock?.() ?? Date.now();
  }
}

/** Rejects by abort alone, which every loop here sees by itself. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
