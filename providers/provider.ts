import type { IdentityProfile, ProviderName } from '../domain/account/events.ts';
import type { Hear } from './heard.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';

/** What was asked for when somebody leaves for a provider. */
export interface Departure {
  /** Built from ORIGIN and the provider's name, never from a request. */
  readonly redirectUri: string;
  /** Ask for the provider's account picker (H20), or for a fresh proof (H4). */
  readonly ask: 'nothing' | 'account' | 'proof';
}

/** Where the browser goes, and what is kept of it on our side until it comes back. */
export interface Departed {
  readonly url: URL;
  /** In the address; one-time. */
  readonly state: string;
  /** The strategy's own cookie or verifier and nonce: opaque, sealed by the vault, never in the browser. */
  readonly kept: string;
}

/** What came back, as the address told it; `kept` out of the handshake that was just spent. */
export interface Arrival {
  readonly redirectUri: string;
  readonly state: string;
  readonly code: string;
  /** RFC 9207, already compared with the configured issuer where it was there. */
  readonly iss: string | null;
  readonly kept: string;
  /** Of a test sign-in: told of every answer as it comes. */
  readonly hear?: Hear | undefined;
}

/** Who the provider says it is, proved by this round trip. */
export interface Proved {
  readonly profile: IdentityProfile;
  /** The e-mail where the provider's own rule proves it (security 1.5); null otherwise. */
  readonly provedEmail: string | null;
  /** When the person last proved themselves there, where the provider signs it (`auth_time`). */
  readonly provedAt: Date | null;
  readonly tokens: ProviderTokens | null;
}

/** What a provider told us by itself of one of its people. */
export interface SignedNotice {
  readonly subject: string;
  readonly issuedAt: Date;
  /** Of the bytes that were signed: one for each notice, however it is spelled. */
  readonly signature: Uint8Array;
}

/** One configured provider. Every call out is bounded: 5 s each, 64 KB, no redirects; 10 s a callback. */
export interface Provider {
  readonly name: ProviderName;
  /** What people read: "GitHub". */
  readonly label: string;
  /** Half of every identity of this provider, byte for byte. */
  readonly issuer: string;
  /** Whether a callback without `iss` is refused (RFC 9207 section 2.4). */
  readonly issRequired: boolean;
  /**
   * Whether an `iss` on the way back (RFC 9207), or its absence (null), is this provider's. Ask this, and do not
   * compare with `issuer`: GitHub says `https://github.com/login/oauth` there.
   */
  acceptsIss(iss: string | null): boolean;
  /** Origin of the provider's pages: forms may lead there. An OpenID issuer's may be known only after its discovery. */
  readonly origin: string;
  depart(departure: Departure): Promise<Departed>;
  /** Redeems the code. Throws ProviderFault. */
  arrive(arrival: Arrival): Promise<Proved>;
  /**
   * Takes a grant back where the provider offers it: by its tokens, or without any where it knows people by their subject
   * alone. Never throws.
   */
  revoke(tokens?: ProviderTokens, subject?: string): Promise<'revoked' | 'unsupported' | 'failed'>;
  /** It can be asked so without tokens. Of any other, `revoke` without them is `unsupported`, and nobody is asked. */
  readonly revokesBySubject?: true;
  /** New tokens for old. Throws ProviderFault; `rejected` where the provider says that it is over. */
  refresh(tokens: ProviderTokens): Promise<ProviderTokens>;
  /** Reads what it tells us by itself, signed; undefined for what it did not sign just now (H13). Most tell nothing. */
  readNotice?(signed: string, now: Date): SignedNotice | undefined;
  /** How long before their end tokens are renewed, in milliseconds. */
  readonly renewsBefore: number;
  /**
   * What it says now of the person a token is for, who must be this subject. An e-mail counts as verified only by the
   * provider's rule (security 1.5). Throws ProviderFault; `provider-rejected` where the token is not good.
   */
  whoIs(tokens: ProviderTokens, subject: string): Promise<IdentityProfile>;
  /** Calls the provider's API under its own base address. A token that is not good is answered 401, however it says it. */
  fetch(tokens: ProviderTokens, path: string): Promise<Response>;
}

export type ProviderFaultCode =
  /** Refused connections, time-outs, 5xx: somebody may try again. */
  | 'provider-unreachable'
  /** HTML, broken JSON, too much of it, a profile without an id. */
  | 'provider-nonsense'
  /** The code, the verifier or the grant is not good. */
  | 'provider-rejected'
  /** An ID token, issuer, audience or nonce that is not ours. */
  | 'provider-mismatch';

/** A round trip that failed at the provider. Its text holds nothing of what the provider sent. */
export class ProviderFault extends Error {
  readonly code: ProviderFaultCode;
  readonly provider: ProviderName;

  constructor(code: ProviderFaultCode, provider: ProviderName, options?: ErrorOptions) {
    super(`${provider}: ${code}`, options);
    this.name = 'ProviderFault';
    this.code = code;
    this.provider = provider;
  }
}
