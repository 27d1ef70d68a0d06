import { fetchUserInfo, type Configuration } from 'openid-client';
import type { IdTokenClaims } from './id-token.ts';
import { identityProfileOf, saidEmail, subjectOf } from './profile-text.ts';
import { isListed } from './proved-email.ts';
import { providerFault } from './provider-fault.ts';
import type { Proved } from './provider.ts';

interface OpenIdPlace {
  readonly provider: string;
  readonly issuer: string;
  readonly configuration: Configuration;
  readonly emailDomains: readonly string[];
}

/**
 * Who signed in: the subject of the checked id token; userinfo, where there is one, must speak of the same. An e-mail and
 * the word that it is verified come from one and the same of the two, and count only in domains that the operator listed
 * for this provider (security 1.5, H15).
 */
export async function openIdProfile(
  { provider, issuer, configuration, emailDomains }: OpenIdPlace,
  { claims, accessToken }: { readonly claims: IdTokenClaims; readonly accessToken: string },
): Promise<Pick<Proved, 'profile' | 'provedEmail'>> {
  const subject = subjectOf(claims.sub);
  if (subject === undefined) throw providerFault(provider, 'provider-nonsense', 'id token: sub');
  const { userinfo_endpoint: address } = configuration.serverMetadata();
  const info = address ? await fetchUserInfo(configuration, accessToken, subject) : {};
  const said: Readonly<Record<string, unknown>> = { ...claims, ...info };
  const spoken: Readonly<Record<string, unknown>> = 'email' in info ? info : claims;
  const email = saidEmail(spoken['email']);
  const verified = spoken['email_verified'] === true;
  const provedEmail =
    email !== undefined && verified && isListed(email, emailDomains) ? email : null;
  const { name, preferred_username: handle } = said;
  return {
    profile: identityProfileOf({ issuer, subject, name, handle, email, provedEmail }),
    provedEmail,
  };
}
