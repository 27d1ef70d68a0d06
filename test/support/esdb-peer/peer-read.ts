import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { PeerEvent, PeerLog } from './peer-log.ts';
import {
  readEvent,
  serverError,
  streamDeleted,
  streamName,
  streamNotFound,
} from './peer-messages.ts';
import { followAll } from './peer-subscription.ts';
import type { PeerSwitches } from './peer-switches.ts';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;

/** The read call: of a stream, of `$all`, and subscriptions to `$all`. */
export class ReadCalls {
  readonly #log: PeerLog;
  readonly #switches: PeerSwitches;

  constructor(log: PeerLog, switches: PeerSwitches) {
    this.#log = log;
    this.#switches = switches;
  }

  handle = (call: ReadCall): void => {
    this.#serve(call).catch((error: unknown) => call.emit('error', error));
  };

  async #serve(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    if (!options) throw serverError(status.INVALID_ARGUMENT, 'no options');
    const error = await this.#switches.enter(
      options.hasSubscription() ? 'subscribe' : 'read',
      call.metadata,
    );
    if (error) throw error;
    if (options.hasSubscription()) {
      return followAll(call, options, { log: this.#log, switches: this.#switches });
    }
    const responses = options.hasAll() ? this.#all(options) : this.#stream(options);
    const most = this.#switches.readsBreakAfter;
    for (const response of responses.slice(0, most)) call.write(response);
    if (responses.length > most) throw serverError(status.UNAVAILABLE, 'broken in the middle');
    call.end();
  }

  #stream(options: streamsPb.ReadReq.Options): streamsPb.ReadResp[] {
    const from = options.getStream();
    const name = streamName(from?.getStreamIdentifier());
    if (countOf(options) === 0)
      throw serverError(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');
    const there = this.#log.stream(name);
    if (there === 'deleted') throw streamDeleted(name);
    if (there.length === 0) return [streamNotFound(name)];
    const revision = from?.hasRevision() ? Number(from.getRevision()) : undefined;
    const chosen = backwards(options)
      ? there.filter((event) => event.revision <= (revision ?? Infinity)).reverse()
      : there.filter((event) => event.revision >= (revision ?? (from?.hasEnd() ? Infinity : 0)));
    return chosen.slice(0, countOf(options)).map(readEvent);
  }

  #all(options: streamsPb.ReadReq.Options): streamsPb.ReadResp[] {
    const from = options.getAll();
    const place = from?.getPosition();
    const position = place ? Number(place.getCommitPosition()) : undefined;
    if (position !== undefined && this.#log.isNoRecord(position)) {
      throw serverError(status.UNKNOWN, 'Unexpected ReadAllResult: Error');
    }
    const chosen = backwards(options)
      ? before(this.#log.all, position ?? (from?.hasEnd() ? Infinity : 0))
      : this.#log.all.filter((event) => event.position >= (position ?? 0));
    return chosen.slice(0, countOf(options)).map(readEvent);
  }
}

/** Backwards the position itself is left out, forwards it is not. */
const before = (all: readonly PeerEvent[], position: number) =>
  all.filter((event) => event.position < position).reverse();

const backwards = (options: streamsPb.ReadReq.Options) =>
  options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;

const countOf = (options: streamsPb.ReadReq.Options) => Number(options.getCount());
