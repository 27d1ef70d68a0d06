/** What a provider lets us do in somebody's name. Never in the log. */
export interface ProviderTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: Date | null;
  readonly scopes: readonly string[];
}

/** Stands for the account where tokens belong to the site itself and to nobody (`latchkey connect`). */
export const SITE = 'site';

export interface TokenOwner {
  /** An account's id, or SITE. */
  readonly accountId: string;
  readonly provider: string;
  /** The claim key of the identity; SITE for the site's own. */
  readonly identityId: string;
}

/** Tokens as they are kept. */
export interface KeptTokens extends ProviderTokens {
  /** Another one after every change: what was decided on one version must not be done to the next. */
  readonly version: number;
  /** When the provider last refused to renew them; null after every new token. */
  readonly rejectedAt: Date | null;
}

/** How long somebody may hold tokens to renew or revoke them: longer than any call to a provider, in milliseconds. */
export const HOLD_MS = 15_000;

export interface Tokens {
  /** Sealed under the key named, an account's or the site's own; replaces what was there. */
  put(owner: TokenOwner & { readonly keyId: string }, tokens: ProviderTokens): Promise<void>;
  get(owner: TokenOwner): Promise<KeptTokens | undefined>;
  /** Whose tokens an account has; no account has SITE's. */
  ownersOf(accountId: string): Promise<readonly TokenOwner[]>;
  /**
   * Takes this version for oneself, for at most HOLD_MS: true for one of many that ask at once, in this process or
   * another. Whoever crashes meanwhile loses it by time.
   */
  hold(owner: TokenOwner, version: number, at: Date): Promise<boolean>;
  /** New tokens in the place of a version; false where it is gone or was replaced. Lets go of the hold. */
  renew(owner: TokenOwner, version: number, tokens: ProviderTokens): Promise<boolean>;
  /** Lets go of a version; with `rejectedAt` notes that its provider refused to renew it. */
  release(owner: TokenOwner, version: number, rejectedAt: Date | null): Promise<void>;
  /** With a version: only if it is still that one, since other tokens may have come in its place. */
  delete(owner: TokenOwner, version?: number): Promise<void>;
  deleteAllOf(accountId: string): Promise<void>;
  /** Accounts that have tokens, from anywhere in the middle on and around: what a sweep looks at. */
  sample(max: number): Promise<readonly string[]>;
}
