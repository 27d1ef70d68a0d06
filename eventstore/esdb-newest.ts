import { BACKWARDS, END } from '@eventstore/db-client';
import type { EsdbConnection } from './esdb-connection.ts';
import { readFault } from './esdb-faults.ts';
import { readPage } from './esdb-read.ts';
import type { ServerRecord } from './esdb-record.ts';
import { Unavailable, type Position } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';

/** Pages of a search: what we look for is nearly always among the newest few. */
const firstPage = 8;
const laterPages = 256;
/** A search gives up after so many events of others. */
const mostForeign = 1_000_000;

/**
 * Knows the newest event among those that `ours` accepts, by reading `$all` backwards until one appears. Each
 * search goes only as far as the one before it or as the newest event known, so that it stays short however
 * many others write to the same server.
 */
export class NewestEvent {
  readonly #connection: EsdbConnection;
  readonly #ours: (stream: string) => boolean;
  #newest: Position = 0n;
  /** Everything up to here has been looked at, or need not be. */
  #searched: Position = 0n;

  constructor(connection: EsdbConnection, ours: (stream: string) => boolean) {
    this.#connection = connection;
    this.#ours = ours;
  }

  /** An event of ours stands at this position: no search needs to go further back. */
  saw(position: Position): void {
    if (position > this.#newest) this.#newest = position;
  }

  /** Whoever follows the log has seen all of ours up to here: no search needs to go further back. */
  lookedUpTo(position: Position): void {
    if (position > this.#searched) this.#searched = position;
  }

  /** Position of the newest event of all, ours or not. Throws Unavailable. */
  async end(): Promise<Position> {
    const { records } = await this.#page(undefined, 1);
    return records[0]?.position?.commit ?? 0n;
  }

  /**
   * Position of the newest event of ours that the log holds now, 0n for none. Throws Unavailable; LogDamaged
   * when the log ends before an event that it had shown.
   */
  async find(): Promise<Position> {
    const known = this.#newest;
    const floor = known > this.#searched ? known : this.#searched;
    let end: Position | undefined;
    for await (const record of this.#backwards()) {
      const position = record.position?.commit ?? 0n;
      end ??= position;
      if (end < known || position <= floor) break;
      if (!this.#ours(record.streamId)) continue;
      this.saw(position);
      break;
    }
    const last = end ?? 0n;
    if (last < known) {
      throw new LogDamaged(`the log ends at ${last} but held an event at ${known}: it is older`);
    }
    this.lookedUpTo(last);
    return this.#newest;
  }

  async *#backwards(): AsyncGenerator<ServerRecord> {
    let from: ServerRecord['position'];
    for (let seen = 0; seen < mostForeign;) {
      const size = seen === 0 ? firstPage : laterPages;
      const { records, whole } = await this.#page(from, size);
      yield* records;
      if (whole && records.length < size) return;
      from = records.at(-1)?.position ?? from;
      seen += records.length;
    }
    throw new Unavailable('no event of ours among the newest million of the log');
  }

  async #page(from: ServerRecord['position'], size: number) {
    const options = {
      ...this.#connection.asked,
      direction: BACKWARDS,
      fromPosition: from ?? END,
      maxCount: size,
    } as const;
    try {
      return await readPage(this.#connection, () => this.#connection.client.readAll(options));
    } catch (error) {
      throw readFault(error);
    }
  }
}
