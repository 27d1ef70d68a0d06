import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { bearer } from './api-call.ts';
import type { Calls } from './calls.ts';
import { jsonOf } from './json-answer.ts';
import { identityProfileOf, saidEmail, subjectOf } from './profile-text.ts';
import { providerFault } from './provider-fault.ts';
import type { Proved } from './provider.ts';

const me = z.looseObject({
  id: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
});

/** Shows that whoever holds the token holds the app's secret too: tokens are portable, and some apps insist on it. */
export const appsecretProof = (accessToken: string, clientSecret: string): string =>
  createHmac('sha256', clientSecret).update(accessToken).digest('hex');

interface FacebookPlace {
  readonly issuer: string;
  /** Of the Graph API, with its version. */
  readonly graph: string;
  readonly clientSecret: string;
}

/** Who a token speaks for. Facebook never says whether an e-mail is verified, so none is (security 1.5). */
export async function facebookProfile(
  calls: Calls,
  { issuer, graph, clientSecret }: FacebookPlace,
  accessToken: string,
): Promise<Pick<Proved, 'profile' | 'provedEmail'>> {
  const { provider } = calls.line;
  const url = new URL(`${graph}/me`);
  url.searchParams.set('fields', 'id,name,email');
  url.searchParams.set('appsecret_proof', appsecretProof(accessToken, clientSecret));
  const answer = await calls.send(url, { headers: bearer(accessToken), again: true });
  if (answer.status !== 200) {
    throw providerFault(provider, 'provider-rejected', `/me: ${answer.status}`);
  }
  const parsed = me.safeParse(await jsonOf(provider, answer));
  const subject = subjectOf(parsed.data?.id);
  if (!parsed.success || subject === undefined) {
    throw providerFault(provider, 'provider-nonsense', '/me: no id');
  }
  const { name, email } = parsed.data;
  const said = { issuer, subject, name, email: saidEmail(email), provedEmail: null };
  return { profile: identityProfileOf(said), provedEmail: null };
}
