import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { PeerEvent, PeerLog } from './peer-log.ts';
import {
  caughtUp,
  checkpoint,
  confirmation,
  readEvent,
  thrownByHandler,
  timedOut,
} from './peer-messages.ts';
import type { PeerSwitches } from './peer-switches.ts';

type SubscriptionCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;

/** The server's: so many events wait for a live reader, and so many are looked at in one page. */
const mostWaiting = 32;
const window = 32;

/** A catch-up subscription to `$all`, from behind a position, filtered; then live. */
export async function followAll(
  call: SubscriptionCall,
  options: streamsPb.ReadReq.Options,
  { log, switches }: { readonly log: PeerLog; readonly switches: PeerSwitches },
): Promise<void> {
  const follower = new Follower(call, wantedBy(options.getFilter()), checkpointEvery(options));
  const from = beginning(options, log);
  switches.begunAt.push(from);
  call.write(confirmation(randomUUID()));
  let next = log.all.findIndex(({ position }) => position > from);
  for (; next >= 0 && next < log.all.length && !call.cancelled; next += 1) {
    const event = log.all[next];
    if (event) await follower.catchUp(event);
    switches.sent += 1;
  }
  call.write(caughtUp());
  const stop = log.onCommit((event) => follower.live(event, switches.deliveries));
  call.once('cancelled', stop).once('error', stop);
}

function beginning(options: streamsPb.ReadReq.Options, log: PeerLog): number {
  const all = options.getAll();
  if (all?.hasEnd()) return log.end;
  const position = Number(all?.getPosition()?.getCommitPosition() ?? 0);
  if (log.isNoRecord(position)) throw thrownByHandler();
  return position === 0 ? -1 : position;
}

const checkpointEvery = (options: streamsPb.ReadReq.Options) => {
  const filter = options.getFilter();
  return (filter?.getMax() || window) * (filter?.getCheckpointintervalmultiplier() ?? 1);
};

type Wanted = (event: PeerEvent) => boolean;

function wantedBy(filter: streamsPb.ReadReq.Options.FilterOptions | undefined): Wanted {
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const subject = (event: PeerEvent) => (filter.hasStreamIdentifier() ? event.stream : event.type);
  const regex = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  if (regex !== '') return (event) => new RegExp(regex).test(subject(event));
  return (event) => prefixes.some((prefix) => subject(event).startsWith(prefix));
}

/** Sends one subscription its messages, as fast as it takes them. */
class Follower {
  readonly #call: SubscriptionCall;
  readonly #wanted: Wanted;
  readonly #checkpointEvery: number;
  #considered = 0;
  readonly #waiting: streamsPb.ReadResp[] = [];
  readonly #gone: Promise<unknown>;
  #pumping = false;

  constructor(call: SubscriptionCall, wanted: Wanted, every: number) {
    this.#call = call;
    this.#gone = new Promise((resolve) => call.once('cancelled', resolve).once('error', resolve));
    this.#wanted = wanted;
    this.#checkpointEvery = every;
  }

  /** Waits for a slow reader. */
  async catchUp(event: PeerEvent): Promise<void> {
    for (const message of this.#messages(event, 1)) {
      await this.#send(message);
    }
  }

  /** Waits for nobody: a live reader that falls too far behind is dropped. */
  live(event: PeerEvent, deliveries: number): void {
    if (deliveries === 0) return;
    this.#waiting.push(...this.#messages(event, deliveries));
    if (this.#waiting.length <= mostWaiting) return void this.#pump();
    this.#waiting.length = 0;
    const why = 'Consumer too slow to handle event while live. Client resubscription required.';
    this.#call.emit('error', timedOut(why));
  }

  *#messages(event: PeerEvent, deliveries: number): Generator<streamsPb.ReadResp> {
    this.#considered += 1;
    if (this.#wanted(event)) {
      for (let count = 0; count < deliveries; count += 1) yield readEvent(event);
    }
    if (this.#considered % this.#checkpointEvery === 0) yield checkpoint(event.position);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let message = this.#waiting.shift(); message; message = this.#waiting.shift()) {
      await this.#send(message);
    }
    this.#pumping = false;
  }

  async #send(message: streamsPb.ReadResp): Promise<void> {
    if (this.#call.cancelled || this.#call.write(message)) return;
    await Promise.race([new Promise((resolve) => this.#call.once('drain', resolve)), this.#gone]);
  }
}
