import type { IdentityProfile } from '../domain/account/events.ts';
import type { ProviderTokens } from './vault-tokens.ts';

export type { ProviderTokens } from './vault-tokens.ts';

/**
 * What somebody set out to do when they left for a provider. Fixed at the start, never taken from the way back. `test`
 * only looks at what comes back: it signs nobody in, and only development offers it.
 */
export const handshakeIntents = ['continue', 'link', 'reauth', 'test'] as const;
export type HandshakeIntent = (typeof handshakeIntents)[number];

/** Whose round trip it is: the browser always, and the session where there is one. */
export interface RoundTripOwner {
  /** Keyed hash of the browser's anonymous cookie. */
  readonly browser: string;
  readonly sessionId: string | null;
  readonly accountId: string | null;
}

/** A round trip to a provider under way. The browser holds nothing of it but the state in the address. */
export interface Handshake extends RoundTripOwner {
  /** The provider's name as configured at the start. */
  readonly provider: string;
  /** Compared with what comes back (RFC 9207). */
  readonly issuer: string;
  readonly redirectUri: string;
  readonly intent: HandshakeIntent;
  /** The identity a re-authentication must come back with. */
  readonly identityId: string | null;
  /** What the strategy keeps between start and callback: verifier, nonce. */
  readonly kept: string;
  /** An own path, checked at the start. */
  readonly redirectTo: string;
  readonly startedAt: Date;
}

export interface Handshakes {
  /** Ten live ones a browser, ten minutes each; the oldest goes first. Only SHA-256 of the state is stored. */
  begin(state: string, handshake: Handshake): Promise<void>;
  /** Looks without spending: for the checks that come before it. */
  find(state: string, at: Date): Promise<Handshake | undefined>;
  /** True exactly once for a state, before any code is redeemed (G2). */
  consume(state: string, at: Date): Promise<boolean>;
}

export const pendingAnswers = ['create', 'link', 'move', 'continue', 'cancel'] as const;
export type PendingAnswer = (typeof pendingAnswers)[number];

/** An identity that came back and waits for a yes (H5). */
export interface Pending extends RoundTripOwner {
  readonly pendingId: string;
  readonly provider: string;
  readonly identityId: string;
  readonly profile: IdentityProfile;
  /** The provider's e-mail where its own rules prove it (security 1.5). */
  readonly provedEmail: string | null;
  /** The account that owns the identity now, where it matters to the answer. */
  readonly holderId: string | null;
  /** What may be answered; `cancel` always. */
  readonly allowed: readonly PendingAnswer[];
  /** What came with the identity where an API is configured (O11): kept for good only after a yes. */
  readonly tokens: ProviderTokens | null;
  readonly redirectTo: string;
  readonly madeAt: Date;
}

/** What a pending row says to an answer: this is the first, the same again, or another than was given before. */
export type AnswerFixed = 'first' | 'again' | 'other';

export interface Pendings {
  /** Ten minutes, ten a browser. */
  make(pending: Pending): Promise<void>;
  find(pendingId: string, at: Date): Promise<Pending | undefined>;
  /** Fixes the answer by one compare-and-swap; undefined where the row is gone. */
  fix(pendingId: string, answer: PendingAnswer, at: Date): Promise<AnswerFixed | undefined>;
}

export interface RoundTrips {
  readonly handshakes: Handshakes;
  readonly pendings: Pendings;
  /** Every handshake and pending row of a browser, a session or an account: at sign-in, sign-out and deletion. */
  dropOf(owner: Partial<RoundTripOwner>): Promise<void>;
  /** Removes what is past its ten minutes. */
  prune(now: Date): Promise<number>;
}
