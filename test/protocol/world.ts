/**
 * The model's data: streams of events, processes with what they know, and appends that are still in the air.
 * Everything is immutable and plain, so that two equal states are found equal.
 */
import type { Rule } from './rules.ts';

export type AccountNo = number;
export type KeyNo = number;
export type Attempt = string;

/** `by` is the attempt that the event's id is made of, with stream, revision and type. */
export type ClaimEvent =
  | { readonly type: 'Claimed'; readonly by: Attempt; readonly account: AccountNo }
  | { readonly type: 'Released'; readonly by: Attempt; readonly attempt: Attempt };

/** `Changed` stands for registered, linked, unlinked, e-mail or username changed: keys gained and given up. */
export type AccountEvent =
  | {
      readonly type: 'Changed';
      readonly by: Attempt;
      readonly gains: readonly KeyNo[];
      readonly drops: readonly KeyNo[];
    }
  | { readonly type: 'Deleted'; readonly by: Attempt }
  | { readonly type: 'Fenced'; readonly by: Attempt; readonly attempt: Attempt };

export type ClaimStream = readonly ClaimEvent[];
export type AccountStream = readonly AccountEvent[];

/** An append as the store receives it. `expected` is the length the stream must have; null is the forbidden "any". */
export type Message =
  | {
      readonly to: 'claim';
      readonly stream: KeyNo;
      readonly expected: number | null;
      readonly event: ClaimEvent;
    }
  | {
      readonly to: 'account';
      readonly stream: AccountNo;
      readonly expected: number | null;
      readonly event: AccountEvent;
    };

/** A key and the attempt whose claim of it is meant. */
export interface Hold {
  readonly key: KeyNo;
  readonly attempt: Attempt;
}

/** A claim found in the way: whose it is, and the length of its stream at that reading. */
export interface Found {
  readonly length: number;
  readonly account: AccountNo;
  readonly attempt: Attempt;
}

/** What a process does next. Reads and appends are steps of their own, so whatever it knows may be stale. */
export type Stage =
  | { readonly at: 'decide' }
  | { readonly at: 'claim'; readonly expected: number }
  | { readonly at: 'look' }
  | { readonly at: 'judge'; readonly found: Found }
  | { readonly at: 'fence'; readonly found: Found; readonly expected: number }
  | { readonly at: 'tidy'; readonly found: Found }
  | { readonly at: 'load'; readonly first: boolean }
  | {
      readonly at: 'commit';
      readonly expected: number;
      readonly gains: readonly KeyNo[];
      readonly frees: readonly Hold[];
      /** An earlier copy of this append was sent and never answered. */
      readonly unsettled: boolean;
    }
  | { readonly at: 'find' }
  | { readonly at: 'release'; readonly expected: number }
  | { readonly at: 'wipe' }
  | { readonly at: 'end' };

/** Where a process goes when it has nothing left to release. */
export type After = 'next' | 'again' | 'end' | 'load';

export interface Process {
  readonly stage: Stage;
  /** Index of the task at hand. */
  readonly task: number;
  /** Numbers the attempts of this process; each new one is fresh. */
  readonly serial: number;
  /** How often its person may still issue a command again. */
  readonly retries: number;
  /** Keys still to be claimed, keys that this attempt claimed, claims to be released. */
  readonly todo: readonly KeyNo[];
  readonly claimed: readonly KeyNo[];
  readonly frees: readonly Hold[];
  readonly after: After;
}

export interface State {
  readonly claims: readonly ClaimStream[];
  readonly accounts: readonly AccountStream[];
  readonly processes: readonly Process[];
  /** Sent, not answered, not yet written: each may be written at any later moment, or never. */
  readonly air: readonly Message[];
  /** Attempts whose part of the vault was wiped. */
  readonly wiped: readonly Attempt[];
}

/** What a process is asked to do. */
export type Task =
  | {
      readonly kind: 'change';
      readonly account: AccountNo;
      readonly gains: readonly KeyNo[];
      readonly drops: readonly KeyNo[];
    }
  | { readonly kind: 'delete'; readonly account: AccountNo }
  | { readonly kind: 'tidy'; readonly key: KeyNo }
  | { readonly kind: 'sweep'; readonly account: AccountNo; readonly attempt: Attempt };

export interface Actor {
  readonly name: string;
  readonly tasks: readonly Task[];
  readonly retries: number;
  /** Another actor's name: without the rule of one executor, both run the same attempt ids. */
  readonly attemptsOf?: string;
}

export interface Scenario {
  readonly name: string;
  readonly actors: readonly Actor[];
  readonly claims: readonly ClaimStream[];
  readonly accounts: readonly AccountStream[];
  /** Reads may be answered by a replica that lags behind. */
  readonly lagging?: true;
  /** The store may be away for a while: a process may find that its append was certainly not written, and give up. */
  readonly outages?: true;
}

/** A scenario under the design without some of its rules. */
export interface Model {
  readonly scenario: Scenario;
  readonly without: ReadonlySet<Rule>;
}
