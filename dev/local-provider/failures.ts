/** How an answer can go wrong on the wire, wherever it is asked for. */
export const manners = {
  slow: 'answers after three seconds',
  hanging: 'never answers',
  drip: 'sends a byte a second, for ever',
  reset: 'closes the connection instead of answering',
  'server-error': 'answers 500',
  redirect: 'answers 302 to somewhere else',
  html: 'answers a page instead of JSON',
  mislabelled: 'answers JSON that says it is a page',
  huge: 'answers 10 MB',
  'huge-gzip': 'answers 10 MB in a few kilobytes of gzip',
  'bad-json': 'answers JSON that breaks off',
} as const;
export type Manner = keyof typeof manners;

const answers = {
  denied: 'you say no',
  'wrong-state': 'comes back with another state',
  'wrong-iss': 'comes back in the name of another issuer',
  'missing-iss': 'comes back without naming its issuer',
  'duplicate-iss': 'comes back with its issuer twice',
  'expired-code': 'the code has expired',
  'code-used-twice': 'the code was used before',
  'wrong-client': 'does not know the client any more',
  'no-access-token': 'the token answer has no token',
  'empty-access-token': 'the token in the answer is empty',
  'no-token-type': 'the token answer has no token_type',
  'mac-token-type': 'the token answer says token_type mac',
  'short-lived': 'the token lives for one second, and is renewed for an hour',
  'refresh-refused': 'the token lives for one second, and is not renewed',
  'revoke-refused': 'the consent is not taken back later',
} as const;

const profiles = {
  'unverified-email': 'the e-mail is not verified',
  'no-email': 'has no e-mail',
  'no-emails-page': 'the page of e-mails answers 404 (GitHub)',
  'no-hosted-domain': 'the e-mail belongs to no hosted domain (Google)',
  'changed-email': 'the e-mail is another than before',
  'somebody-elses-email': 'claims Ada’s e-mail, verified',
  'changed-handle': 'the handle is another than before',
  'missing-id': 'the profile has no id',
  'id-zero': 'the id is 0',
  'id-as-text': 'the id is text instead of a number',
  'unsafe-id': 'the id is a number too large to be exact',
  'no-picture': 'the profile has no picture',
  'huge-name': 'the name has 5,000 characters',
  'other-userinfo': 'userinfo speaks of somebody else',
  'profile-flaky': 'the profile answers 500 the first time',
} as const;

const idTokens = {
  'no-id-token': 'the token answer has no id token',
  'wrong-signature': 'the id token is signed with another key',
  'unsigned-id-token': 'the id token is not signed (alg none)',
  'wrong-audience': 'the id token is for another client',
  'wrong-azp': 'the id token was issued to another client',
  'wrong-issuer': 'the id token is of another issuer',
  'expired-id-token': 'the id token has expired',
  'wrong-nonce': 'the id token has another nonce',
  'missing-nonce': 'the id token has no nonce',
  'old-auth-time': 'you proved yourself a day ago',
  'no-auth-time': 'says nothing of when you proved yourself',
} as const;

const places = ['', 'profile-', 'keys-'] as const;
const what = { '': 'the token answer', 'profile-': 'the profile', 'keys-': 'the key set' } as const;
export type Place = (typeof places)[number];

const wire = places.flatMap((place) =>
  Object.entries(manners).map(([name, text]) => [`${place}${name}`, `${what[place]}: ${text}`]),
);

/** Every way to misbehave by name, and what it does. Good for one round trip. */
export const failures: ReadonlyMap<string, string> = new Map([
  ...Object.entries(answers),
  ...Object.entries(profiles),
  ...Object.entries(idTokens),
  ...wire.map(([name, text]) => [name ?? '', text ?? ''] as const),
]);

/** The manner a failure asks for at a place, where it is one of the wire. */
export function mannerAt(place: Place, failure: string): Manner | undefined {
  if (!failure.startsWith(place)) return undefined;
  const name = failure.slice(place.length);
  return isManner(name) ? name : undefined;
}

const isManner = (name: string): name is Manner => Object.hasOwn(manners, name);
