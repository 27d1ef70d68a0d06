import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import type { Grant } from './grants.ts';
import { presentedPerson } from './presented-person.ts';

const KEY_ID = 'local-1';
const HOUR = 3600;

/** Signs id tokens as an honest issuer does, and as wrongly as a grant's failure asks for. */
export class IdTokens {
  readonly #key: CryptoKey;
  readonly #other: CryptoKey;
  readonly jwks: { readonly keys: readonly JWK[] };

  private constructor(key: CryptoKey, other: CryptoKey, jwk: JWK) {
    this.#key = key;
    this.#other = other;
    this.jwks = { keys: [{ ...jwk, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
  }

  static async make(): Promise<IdTokens> {
    const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    return new IdTokens(own.privateKey, other.privateKey, await exportJWK(own.publicKey));
  }

  async sign(grant: Grant, issuer: string): Promise<string> {
    const payload = claimsOf(grant, issuer);
    if (grant.failure === 'unsigned-id-token') return new UnsecuredJWT(payload).encode();
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
      .sign(grant.failure === 'wrong-signature' ? this.#other : this.#key);
  }
}

/** What an id token of this grant says. */
function claimsOf(grant: Grant, issuer: string): JWTPayload {
  const { role, failure, nonce, authTime } = grant;
  const now = Math.floor(Date.now() / 1000);
  const audience = failure === 'wrong-audience' ? 'another-client' : role.clientId;
  const azp = failure === 'wrong-azp' ? 'another-client' : role.clientId;
  const expired = failure === 'expired-id-token';
  return {
    iss: failure === 'wrong-issuer' ? 'https://attacker.example' : issuer,
    aud: failure === 'wrong-azp' ? [audience, 'another-client'] : audience,
    azp,
    iat: expired ? now - 2 * HOUR : now,
    exp: expired ? now - HOUR : now + HOUR,
    ...nonceOf(failure, nonce),
    ...(failure === 'no-auth-time'
      ? {}
      : { auth_time: failure === 'old-auth-time' ? authTime - 24 * HOUR : authTime }),
    ...openIdClaims(grant),
  };
}

function nonceOf(failure: string, nonce: string | null): JWTPayload {
  if (nonce === null || failure === 'missing-nonce') return {};
  return { nonce: failure === 'wrong-nonce' ? `${nonce}x` : nonce };
}

/** What an OpenID provider says of a person, in id tokens and at userinfo. */
export function openIdClaims(grant: Grant): JWTPayload {
  const person = presentedPerson(grant);
  const { email, emailVerified, handle, name } = person;
  const google = grant.role.name === 'google';
  const domain = email?.split('@')[1] ?? '';
  const hosted = google && domain !== 'gmail.com' && grant.failure !== 'no-hosted-domain';
  return {
    ...(grant.failure === 'missing-id' ? {} : { sub: person.subject }),
    name,
    ...(google ? {} : { preferred_username: handle }),
    ...(grant.failure === 'no-picture' ? {} : { picture: 'https://pictures.example/1.png' }),
    ...(email === null ? {} : { email, email_verified: emailVerified }),
    ...(email !== null && hosted ? { hd: domain } : {}),
  };
}
