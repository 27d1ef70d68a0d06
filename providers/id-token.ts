import {
  createRemoteJWKSet,
  customFetch,
  jwksCache,
  jwtVerify,
  type JWKSCacheInput,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';
import type { Calls } from './calls.ts';
import { libraryFetch } from './library-fetch.ts';
import { providerFault } from './provider-fault.ts';

/** What an id token has to be. */
export interface ExpectedIdToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly jwksUri: string;
  /** Asymmetric ones only: a symmetric signature would be made of the client's secret. */
  readonly algorithms: readonly string[];
}

const CLOCKS_DIFFER_S = 30;
const ASYMMETRIC = /^(RS|PS|ES)(256|384|512)$|^(EdDSA|Ed25519)$/;

/** The algorithms of an issuer's metadata that we check; RS256 where it names none, as OpenID Connect says. */
export const checkedAlgorithms = (named: readonly string[] | undefined): readonly string[] =>
  named?.filter((name) => ASYMMETRIC.test(name)) ?? ['RS256'];

const claims = z.looseObject({
  sub: z.unknown().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  nonce: z.string().optional(),
  auth_time: z.number().int().positive().max(1e11).optional(),
});
export type IdTokenClaims = z.infer<typeof claims>;

/** The public keys of one issuer, kept between round trips. */
export class IssuerKeys {
  readonly #cache: JWKSCacheInput = {};

  /** Checks signature, `iss`, `aud`, `azp`, `exp` and `nonce` (O9, G20). Throws ProviderFault or an error of jose. */
  async verify(calls: Calls, idToken: string, expected: ExpectedIdToken): Promise<IdTokenClaims> {
    const { issuer, clientId, nonce, jwksUri, algorithms } = expected;
    const keys = createRemoteJWKSet(new URL(jwksUri), {
      [customFetch]: libraryFetch(calls),
      [jwksCache]: this.#cache,
    });
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientId,
      algorithms: [...algorithms],
      clockTolerance: CLOCKS_DIFFER_S,
      requiredClaims: ['exp', 'iat', 'sub'],
    });
    return judged(calls, payload, { clientId, nonce });
  }
}

/** What jose leaves to its caller: who the token was issued to, and for which round trip. */
function judged(
  calls: Calls,
  payload: JWTPayload,
  { clientId, nonce }: Pick<ExpectedIdToken, 'clientId' | 'nonce'>,
): IdTokenClaims {
  const refuse = (what: string) =>
    providerFault(calls.line.provider, 'provider-mismatch', `id token: ${what}`);
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw refuse('its form');
  const { aud, azp } = parsed.data;
  const several = Array.isArray(aud) && aud.length > 1;
  if (azp === undefined ? several : azp !== clientId) throw refuse('azp');
  if (parsed.data.nonce !== nonce) throw refuse('nonce');
  return parsed.data;
}

/** When the person proved themselves at the provider, where it says so. */
export const provedAtOf = ({ auth_time: seconds }: IdTokenClaims): Date | null =>
  seconds === undefined ? null : new Date(seconds * 1000);
