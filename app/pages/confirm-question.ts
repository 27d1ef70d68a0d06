import type { Identity } from './identity-text.ts';

/** The identity that came back. */
export interface ReturnedIdentity extends Identity {
  /** The provider's own rule proves the address (security 1.5). */
  readonly emailProved: boolean;
}

/** An account as its owner, or whoever now holds the identity, may see it. */
export interface AccountFace {
  readonly username: string;
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
}

export interface CreateQuestion {
  readonly intent: 'create';
  /** The deployment wants an address. */
  readonly emailRequired: boolean;
  /** An address that the person proved and that an account here has already; only then is it said. */
  readonly emailKnown?: string | undefined;
}

/** What one is asked before anything happens. */
export type ConfirmQuestion =
  | CreateQuestion
  | { readonly intent: 'link'; readonly account: AccountFace }
  | {
      readonly intent: 'move';
      /** The account it will open; the one that loses it is never named. */
      readonly account: AccountFace;
      /** The other account would lose its last way in: said, and nothing is offered. */
      readonly onlyWayIn: boolean;
    }
  | {
      readonly intent: 'continue';
      /** The account it opens since the move (H11). */
      readonly account: AccountFace;
      readonly movedAt: string;
    };
