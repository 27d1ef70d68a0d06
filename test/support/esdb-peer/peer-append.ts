import {
  status,
  type Metadata,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { PeerEvent, PeerAppend, PeerLog } from './peer-log.ts';
import {
  expectedOf,
  proposedOf,
  serverError,
  streamDeleted,
  streamName,
  success,
  thrownByHandler,
  timedOut,
  wrongVersion,
} from './peer-messages.ts';
import type { PeerSwitches } from './peer-switches.ts';

const mostBytes = 1024 * 1024;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The classic append call. */
export class AppendCalls {
  readonly #log: PeerLog;
  readonly #switches: PeerSwitches;
  /** Commits follow each other in the order of the decisions. */
  #commits: Promise<void> = Promise.resolve();

  constructor(log: PeerLog, switches: PeerSwitches) {
    this.#log = log;
    this.#switches = switches;
  }

  handle = (
    call: ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>,
    answer: sendUnaryData<streamsPb.AppendResp>,
  ): void => {
    const requests: streamsPb.AppendReq[] = [];
    call.on('data', (request: streamsPb.AppendReq) => requests.push(request));
    call.on('end', () => {
      if (!call.cancelled) {
        this.#answer(requests, call.metadata).then((response) => answer(null, response), answer);
      }
    });
  };

  tombstone = (
    call: ServerUnaryCall<streamsPb.TombstoneReq, streamsPb.TombstoneResp>,
    answer: sendUnaryData<streamsPb.TombstoneResp>,
  ): void => {
    this.#log.tombstone(streamName(call.request.getOptions()?.getStreamIdentifier()));
    answer(null, new streamsPb.TombstoneResp());
  };

  async #answer(
    requests: readonly streamsPb.AppendReq[],
    words: Metadata,
  ): Promise<streamsPb.AppendResp> {
    const error = await this.#switches.enter('append', words);
    if (error) throw error;
    const append = appendOf(requests);
    const decision = this.#log.decide(append);
    switch (decision.kind) {
      case 'written':
        return this.#committed(decision.events);
      case 'recognised':
        if (this.#switches.forgetful) return wrongVersion(append, decision.revision);
        return success(decision.revision, decision.position);
      case 'in flight':
        await sleep(this.#switches.duplicateMs());
        throw timedOut('Commit phase timeout.');
      case 'wrong':
        return wrongVersion(append, decision.actual);
      case 'deleted':
        throw streamDeleted(append.stream);
    }
  }

  async #committed(events: readonly PeerEvent[]): Promise<streamsPb.AppendResp> {
    const delay = sleep(this.#switches.commitMs);
    this.#commits = this.#commits.then(() => delay).then(() => this.#log.commit(events));
    await this.#commits;
    const last = events.at(-1);
    if (!last) throw thrownByHandler();
    return success(last.revision, last.position);
  }
}

function appendOf(requests: readonly streamsPb.AppendReq[]): PeerAppend {
  const [first, ...others] = requests;
  const options = first?.getOptions();
  if (!options) throw thrownByHandler();
  const events = others.map((request) => {
    const message = request.getProposedMessage();
    if (!message) throw thrownByHandler();
    return proposedOf(message);
  });
  // The server counts the data alone, whatever its documents say.
  const bytes = events.reduce((sum, { data }) => sum + Buffer.byteLength(data, 'base64'), 0);
  if (bytes > mostBytes) throw tooLarge();
  if (!events.every(({ id }) => uuid.test(id))) throw thrownByHandler();
  return {
    stream: streamName(options.getStreamIdentifier()),
    expected: expectedOf(options),
    events,
  };
}

const tooLarge = () =>
  serverError(status.INVALID_ARGUMENT, `Maximum Append Size of ${mostBytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(mostBytes),
  });
