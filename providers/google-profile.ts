import { z } from 'zod';
import { bearer } from './api-call.ts';
import type { Calls } from './calls.ts';
import { provedAtOf, type IdTokenClaims } from './id-token.ts';
import { jsonOf } from './json-answer.ts';
import { identityProfileOf, saidEmail, subjectOf } from './profile-text.ts';
import { googleVouches } from './proved-email.ts';
import { providerFault } from './provider-fault.ts';
import type { Proved } from './provider.ts';

const userinfo = z.looseObject({
  sub: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
});

interface GooglePlace {
  readonly issuer: string;
  readonly userinfo: string;
}

/**
 * Who signed in: the subject of the checked id token, and userinfo must speak of the same (G20). The e-mail counts as
 * verified only by the id token and by the rule of 1.5; userinfo only fills in what is shown.
 */
export async function googleProfile(
  calls: Calls,
  { issuer, userinfo: address }: GooglePlace,
  { claims, accessToken }: { readonly claims: IdTokenClaims; readonly accessToken: string },
): Promise<Omit<Proved, 'tokens'>> {
  const { provider } = calls.line;
  const subject = subjectOf(claims.sub);
  if (subject === undefined) throw providerFault(provider, 'provider-nonsense', 'id token: sub');
  const answer = await calls.send(address, { headers: bearer(accessToken), again: true });
  if (answer.status !== 200) {
    throw providerFault(provider, 'provider-rejected', `userinfo: ${answer.status}`);
  }
  const info = userinfo.safeParse(await jsonOf(provider, answer));
  if (!info.success) throw providerFault(provider, 'provider-nonsense', 'userinfo');
  if (info.data.sub !== subject)
    throw providerFault(provider, 'provider-mismatch', 'userinfo: sub');

  const signed = saidEmail(claims['email']);
  const hostedDomain = typeof claims['hd'] === 'string' ? claims['hd'] : undefined;
  const verified = claims['email_verified'] === true;
  const vouched =
    signed !== undefined && verified && googleVouches(signed, { issuer, hostedDomain });
  const provedEmail = vouched ? signed : null;
  const email = signed ?? saidEmail(info.data.email);
  const name = info.data.name ?? claims['name'];
  const profile = identityProfileOf({ issuer, subject, name, email, provedEmail });
  return { profile, provedEmail, provedAt: provedAtOf(claims) };
}
