import { status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverError } from './peer-messages.ts';

export type Call = 'append' | 'read' | 'subscribe';

/** How the peer misbehaves. What the network does wrong is the fault proxy's part. */
export class PeerSwitches {
  /** Before every call is looked at, in milliseconds. */
  delayMs = 0;
  /** From the decision about an append to its commit, in milliseconds. */
  commitMs = 1;
  /** How long a duplicate of an append in flight waits for nothing, in milliseconds. */
  duplicateMs = () => 2_000 + Math.random() * 1_000;
  /** Calls of these kinds are taken and never answered. */
  readonly silent = new Set<Call>();
  /** Calls of these kinds get this error. */
  readonly errors = new Map<Call, ServiceError>();
  /** The next calls of these kinds get these errors, one each, before the lasting ones. */
  readonly nextErrors = new Map<Call, ServiceError[]>();
  /** How often live events are sent to subscriptions. 0: they are forgotten, and the subscription stays. */
  deliveries = 1;
  /** Readings break after so many events. */
  readsBreakAfter = Infinity;
  /** Calls that want the leader are sent to this port: the peer is a follower. */
  leaderPort: number | undefined;
  /** What the peer says it is. */
  role: 'LEADER' | 'FOLLOWER' | 'UNKNOWN' = 'LEADER';
  /** Appends that are not the newest are a wrong version, known ids or not: as after an index was lost. */
  forgetful = false;
  /** Where each subscription began. */
  readonly begunAt: number[] = [];
  /** How many events were sent to subscriptions. */
  sent = 0;
  /** How often each kind of call came. */
  readonly calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, capabilities: 0, gossip: 0 };

  heal(): void {
    this.delayMs = 0;
    this.commitMs = 1;
    this.deliveries = 1;
    this.forgetful = false;
    this.readsBreakAfter = Infinity;
    this.leaderPort = undefined;
    this.role = 'LEADER';
    this.silent.clear();
    this.errors.clear();
    this.nextErrors.clear();
  }

  /** Lets a call in, or answers the error it gets; never answers for a silent kind. */
  async enter(call: Call, words: Metadata): Promise<ServiceError | undefined> {
    this.calls[call] += 1;
    const wantsLeader = words.get('requires-leader').includes('true');
    if (this.leaderPort !== undefined && wantsLeader) return notLeader(this.leaderPort);
    if (this.delayMs > 0) await sleep(this.delayMs);
    if (this.silent.has(call)) await new Promise(() => undefined);
    return this.nextErrors.get(call)?.shift() ?? this.errors.get(call);
  }
}

export const accessDenied = () =>
  serverError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notReady = () => serverError(status.UNAVAILABLE, 'Server Is Not Ready');

const notLeader = (port: number) =>
  serverError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });
