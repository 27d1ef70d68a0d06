import { z } from 'zod';
import { bearer } from './api-call.ts';
import type { Calls } from './calls.ts';
import { jsonOf } from './json-answer.ts';
import { identityProfileOf, saidEmail, subjectOf } from './profile-text.ts';
import { githubVouches } from './proved-email.ts';
import { providerFault } from './provider-fault.ts';
import type { Proved } from './provider.ts';

const user = z.looseObject({
  id: z.unknown().optional(),
  login: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
});

const emails = z.array(
  z.looseObject({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

interface GithubPlace {
  readonly issuer: string;
  readonly api: string;
  readonly baseUrl: string;
  readonly emailDomains: readonly string[];
}

/**
 * Who a token speaks for. The numeric id is the key, never the login, which can be given up and taken by somebody else.
 * The e-mail is the primary one where GitHub marks it as verified (security 1.5).
 */
export async function githubProfile(
  calls: Calls,
  place: GithubPlace,
  accessToken: string,
): Promise<Pick<Proved, 'profile' | 'provedEmail'>> {
  const { provider } = calls.line;
  const answer = await read(calls, `${place.api}/user`, accessToken);
  if (answer.status !== 200) {
    const code = answer.status === 404 ? 'provider-nonsense' : 'provider-rejected';
    throw providerFault(provider, code, `/user: ${answer.status}`);
  }
  const parsed = user.safeParse(await jsonOf(provider, answer));
  const subject = subjectOf(parsed.data?.id);
  if (!parsed.success || subject === undefined) {
    throw providerFault(provider, 'provider-nonsense', '/user: no id');
  }
  const { login, name, email: publicEmail } = parsed.data;
  const primary = await primaryEmail(calls, `${place.api}/user/emails`, accessToken);
  const email = saidEmail(primary?.email ?? publicEmail);
  const vouched = primary?.verified === true && email !== undefined && githubVouches(email, place);
  const provedEmail = vouched ? email : null;
  const said = { issuer: place.issuer, subject, handle: login, name, email };
  return { profile: identityProfileOf({ ...said, provedEmail }), provedEmail };
}

const read = (calls: Calls, address: string, accessToken: string): Promise<Response> =>
  calls.send(address, {
    headers: { ...bearer(accessToken), accept: 'application/vnd.github+json' },
    again: true,
  });

/** The primary address. Where the page is missing or closed to us, somebody signs in without one. */
async function primaryEmail(calls: Calls, address: string, accessToken: string) {
  const answer = await read(calls, address, accessToken);
  if (answer.status === 404 || answer.status === 403) return undefined;
  const { provider } = calls.line;
  const parsed = emails.safeParse(
    answer.status === 200 ? await jsonOf(provider, answer) : undefined,
  );
  if (parsed.success) return parsed.data.find(({ primary }) => primary);
  throw providerFault(provider, 'provider-nonsense', `/user/emails: ${answer.status}`);
}
