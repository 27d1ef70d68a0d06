import { answerPage } from '../providers/local-round-trips.ts';
import { arrive, type Arrived } from '../../commands/arrive.ts';
import { linkPending, readPending } from '../../commands/answer-pending.ts';
import type { Asking } from '../../commands/asking.ts';
import type { Deps } from '../../commands/deps.ts';
import type { Guarded } from '../../commands/guard.ts';
import { returnFromProvider } from '../../commands/return-from-provider.ts';
import { leaveForProvider } from '../../commands/round-trip.ts';
import type { RoleName } from '../../dev/local-provider/roles.ts';
import type { LocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { roleNames } from '../../dev/local-provider/roles.ts';
import type { HandshakeIntent } from '../../vault/vault-round-trips.ts';
import { asking } from './installation.ts';
import type { Stranger } from './provider-trips.ts';

/** Points a process at a local provider, in all four roles, each with an API. */
export const withApis = ({ environment }: Pick<LocalProvider, 'environment'>) => ({
  ...(Object.assign({}, ...roleNames.map((role) => environment[role])) as Record<string, string>),
  GITHUB_API_SCOPES: 'repo',
  GOOGLE_API_SCOPES: 'https://www.googleapis.com/auth/calendar',
  FACEBOOK_API_SCOPES: 'pages_show_list',
  OIDC_ACME_SCOPE: 'openid profile email offline_access',
});

/** Where each of them tells who somebody is. */
export const ownPath: Readonly<Record<RoleName, string>> = {
  github: '/user',
  google: '/userinfo',
  facebook: '/me',
  acme: '/userinfo',
};

type Person = Asking & Guarded;

export interface Trip {
  readonly role: RoleName;
  readonly intent: HandshakeIntent;
  readonly stranger: Stranger;
  readonly failure?: string;
}

/** There and back by the commands themselves; `person` is whoever is signed in. */
export async function trip(deps: Deps, person: Person | undefined, asked: Trip): Promise<Arrived> {
  const { role, intent, stranger, failure = '' } = asked;
  const provider = deps.providers.get(role);
  if (!provider) throw new Error(`${role} is not configured`);
  const owner = ownerOf(person);
  const redirectUri = `http://localhost:3000/auth/${role}/callback`;
  const going = { provider, intent, redirectUri, redirectTo: '/', owner, pickAccount: false };
  const left = await leaveForProvider(deps, going);
  if (!left.ok) throw new Error(`could not leave: ${left.why}`);
  const { searchParams: query } = await answerPage(left.url, { ...stranger, failure });
  const returned = await returnFromProvider(deps, { provider, query, owner });
  if (!returned.ok) throw new Error(`could not return: ${returned.why}`);
  return arrive(deps, returned, { ...asking, signedIn: person });
}

const ownerOf = (person: Person | undefined) => ({
  browser: 'browser-1',
  sessionId: person?.session.sessionId ?? null,
  accountId: person?.session.accountId ?? null,
});

/** The row behind the question that a trip led to. Throws where it led elsewhere. */
export async function pendingOf(deps: Deps, person: Person | undefined, arrived: Arrived) {
  if (arrived.to !== 'confirm') throw new Error(`no question: ${arrived.to}`);
  const pending = await readPending(deps, arrived.pendingId, ownerOf(person));
  if (!pending) throw new Error('the question is gone');
  return pending;
}

/** Connects an identity to the account of somebody who is signed in; answers whose tokens may be kept now. */
export async function connectTrip(deps: Deps, person: Person, asked: Omit<Trip, 'intent'>) {
  const arrived = await trip(deps, person, { ...asked, intent: 'link' });
  const pending = await pendingOf(deps, person, arrived);
  const outcome = await linkPending(deps, person, { pending, answer: 'link' });
  if (!outcome.ok) throw new Error(`not connected: ${outcome.why}`);
  const { provider, identityId } = pending;
  return { accountId: person.session.accountId, provider, identityId };
}
