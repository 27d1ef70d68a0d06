import type { Manner } from './failures.ts';
import type { Grants } from './grants.ts';
import type { IdTokens } from './id-tokens.ts';
import type { Role } from './roles.ts';

/** Places that are asked for nobody in particular. */
export type Silent = 'discovery' | 'keys' | 'refresh' | 'revocation';

/** What all four plays share. */
export interface Stage {
  readonly origin: string;
  readonly roles: readonly Role[];
  readonly grants: Grants;
  readonly idTokens: IdTokens;
  /** Where people may be sent back to; undefined for every loopback address. */
  readonly appOrigins: readonly string[] | undefined;
  /** What a place does wrong when it is asked next. */
  readonly next: Map<Silent, Manner>;
}

/** What a place was told to do wrong, once. */
export function takeNext({ next }: Stage, place: Silent): Manner | undefined {
  const manner = next.get(place);
  next.delete(place);
  return manner;
}
