import { describe, expect, test } from 'vitest';
import { localRoundTrips } from './local-round-trips.ts';
import { roleNames } from '../../dev/local-provider/roles.ts';
import { identityProfile } from '../../domain/account/events.ts';
import { saidEmail, shownHandle, shownName, subjectOf } from '../../providers/profile-text.ts';
import { githubVouches, googleVouches, isListed } from '../../providers/proved-email.ts';

const trips = localRoundTrips();

describe.each(roleNames)('a profile of %s (G18)', (role) => {
  test('without an id is nonsense', async () => {
    const fault = await trips.fault(trips.provider(role), { failure: 'missing-id' });

    expect(fault.code).toMatch(/^provider-(nonsense|mismatch)$/);
  });

  test.each(['no-email', 'no-picture', 'changed-handle', 'changed-email'])(
    'with %s is the same person',
    async (failure) => {
      const { profile } = await trips.signIn(trips.provider(role), { failure });

      expect(profile).toMatchObject({ subject: '1815', name: 'Ada Lovelace' });
      expect('email' in profile).toBe(failure !== 'no-email');
    },
  );

  test('with a huge name is shown with a short one, and can be stored', async () => {
    const { profile } = await trips.signIn(trips.provider(role), { failure: 'huge-name' });

    expect(profile.name).toMatch(/^Long Long /);
    expect(identityProfile.safeParse(profile).success).toBe(true);
  });

  test('from right to left, or long, or without an e-mail, comes as it is', async () => {
    const provider = trips.provider(role);
    const [layla, hubert, nemo] = [
      await trips.signIn(provider, { person: 'layla' }),
      await trips.signIn(provider, { person: 'hubert' }),
      await trips.signIn(provider, { person: 'nemo' }),
    ];

    expect(layla.profile.name).toBe('ليلى بنت طريف');
    expect(hubert.profile.name).toMatch(/^Hubert Blaine Wolfe.*line$/);
    expect(nemo).toMatchObject({ provedEmail: null });
    expect(nemo.profile).not.toHaveProperty('email');
  });

  test('that only says that its e-mail is verified, or that does not, proves none (H15)', async () => {
    const provider = trips.provider(role, { OIDC_ACME_EMAIL_DOMAINS: '' });
    const said = await trips.signIn(provider, { failure: 'unverified-email' });
    const lax = await trips.signIn(provider, {
      subject: '7',
      email: 'a@b.test',
      emailVerified: 'on',
    });
    const vouched = role === 'github' || role === 'google';

    expect(said.provedEmail).toBeNull();
    expect(said.profile).toMatchObject({ email: 'ada@example.com', emailVerified: false });
    expect(lax.provedEmail).toBe(vouched ? 'a@b.test' : null);
    expect(lax.profile).toMatchObject({ email: 'a@b.test', emailVerified: vouched });
  });
});

describe('GitHub’s id (G18, H1)', () => {
  test('is one person as a number and as text', async () => {
    const provider = trips.provider('github');
    const [number, text] = [
      await trips.signIn(provider, {}),
      await trips.signIn(provider, { failure: 'id-as-text' }),
    ];

    expect(number.profile.subject).toBe('1815');
    expect(text.profile.subject).toBe('1815');
  });

  test('may be 0, and may not be a number that is not exact', async () => {
    const provider = trips.provider('github');

    expect((await trips.signIn(provider, { failure: 'id-zero' })).profile.subject).toBe('0');
    expect(await trips.fault(provider, { failure: 'unsafe-id' })).toMatchObject({
      code: 'provider-nonsense',
    });
  });

  test('is taken without the page of e-mails', async () => {
    const proved = await trips.signIn(trips.provider('github'), { failure: 'no-emails-page' });

    expect(proved).toMatchObject({ profile: { subject: '1815' }, provedEmail: null });
  });
});

describe('a subject', () => {
  test.each([
    ['AbC'],
    ['abc'],
    [' abc '],
    [' '],
    ['ＡＢＣ'],
    ['é'],
    ['é'.normalize('NFD')],
    ['a\tb'],
    ['5'],
  ])('is kept byte for byte (H1): %j', async (subject) => {
    expect(subjectOf(subject)).toBe(subject);
    const { profile } = await trips.signIn(trips.provider('acme'), { subject });
    expect(profile.subject).toBe(subject);
  });

  test.each([
    [''],
    ['x'.repeat(256)],
    ['\ud800'],
    [null],
    [undefined],
    [-1],
    [1.5],
    [NaN],
    [2 ** 53],
    [true],
    [{}],
    [['a']],
  ])('is not %j', (id) => {
    expect(subjectOf(id)).toBeUndefined();
  });

  test('belongs to the place it came from: elsewhere the same one is somebody else (H1)', () => {
    const at = (role: 'github' | 'google' | 'facebook', more: Readonly<Record<string, string>>) =>
      trips.provider(role, more).issuer;
    const graph = { FACEBOOK_GRAPH_URL: 'https://graph.facebook.com' };

    expect(at('github', { GITHUB_BASE_URL: 'https://github.com' })).toBe('https://github.com');
    expect(at('github', { GITHUB_BASE_URL: 'https://ghe.example/' })).toBe('https://ghe.example');
    expect(at('github', {})).toBe(`https://${new URL(trips.local().origin).host}`);
    expect(at('google', { GOOGLE_ISSUER: 'https://id.example' })).toBe('https://id.example');
    expect(at('facebook', graph)).toBe('https://www.facebook.com/1000000000001');
    expect(at('facebook', { ...graph, FACEBOOK_CLIENT_ID: '2' })).toBe(
      'https://www.facebook.com/2',
    );
    expect(at('facebook', {})).not.toContain('www.facebook.com');
  });
});

describe('an e-mail is proved (1.5, H15)', () => {
  test.each([
    ['https://github.com', [], true],
    ['https://ghe.example', [], false],
    ['https://ghe.example', ['acme.example'], true],
    ['https://ghe.example', ['other.example'], false],
    ['https://github.com.attacker.example', [], false],
    ['http://127.0.0.1:4000/github', [], true],
    ['http://127.0.0.1:4000/github', ['other.example'], false],
  ])('by GitHub at %s with %j listed: %s', (baseUrl, emailDomains, proved) => {
    expect(githubVouches('a@acme.example', { baseUrl, emailDomains })).toBe(proved);
  });

  const google = 'https://accounts.google.com';
  test.each([
    ['a@gmail.com', google, undefined, true],
    ['A@GMail.com', google, undefined, true],
    ['a@acme.example', google, 'acme.example', true],
    ['a@acme.example', google, 'Acme.example', true],
    ['a@acme.example', google, undefined, false],
    ['a@acme.example', google, 'other.example', false],
    ['a@gmail.com.attacker.example', google, undefined, false],
    ['a@gmail.com', 'https://id.example', undefined, false],
    ['a@gmail.com', `${google}/`, undefined, false],
    ['a@gmail.com', 'http://127.0.0.1:4000/google', undefined, true],
  ])('by Google, %s from %s with hd %s: %s', (...[email, issuer, hostedDomain, proved]) => {
    expect(googleVouches(email, { issuer, hostedDomain })).toBe(proved);
  });

  test.each([
    ['a@acme.example', true],
    ['a@ACME.example', true],
    ['a@bücher.example', true],
    ['a@xn--bcher-kva.example', true],
    ['a@sub.acme.example', false],
    ['a@acme.example.attacker.example', false],
    ['a@notacme.example', false],
    ['a@', false],
  ])('in the listed domains only: %s is %s', (email, listed) => {
    expect(isListed(email, ['acme.example', 'Bücher.example'])).toBe(listed);
  });

  test('by Google only where it names the hosted domain', async () => {
    const proved = await trips.signIn(trips.provider('google'), { failure: 'no-hosted-domain' });

    expect(proved.provedEmail).toBeNull();
    expect(proved.profile).toMatchObject({ email: 'ada@example.com', emailVerified: false });
  });

  test('by an OpenID issuer only where its domain is listed and the issuer says that it is verified', async () => {
    const provider = trips.provider('acme');

    expect((await trips.signIn(provider)).provedEmail).toBe('ada@example.com');
    expect((await trips.signIn(provider, { person: 'mallory' })).provedEmail).toBeNull();
  });

  test('never by Facebook, never by an Enterprise server beyond its list', async () => {
    const listed = { GITHUB_EMAIL_DOMAINS: 'corp.example' };

    expect((await trips.signIn(trips.provider('facebook'))).provedEmail).toBeNull();
    expect((await trips.signIn(trips.provider('github', listed))).provedEmail).toBeNull();
  });

  test('and is somebody else’s where the provider says so: nothing here compares it with an account', async () => {
    const form = { person: 'grace', failure: 'somebody-elses-email' };
    const { profile } = await trips.signIn(trips.provider('acme'), form);

    expect(profile).toMatchObject({ subject: '1906', email: 'ada@example.com' });
  });
});

describe('what a provider says', () => {
  test.each([
    ['Ada  \n Lovelace', 'Ada Lovelace'],
    ['evil\u202egnp.exe', 'evilgnp.exe'],
    ['a\u0000b', 'ab'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['\u200b', undefined],
    ['   ', undefined],
    [42, undefined],
    [`${'x'.repeat(254)}👩`, 'x'.repeat(254)],
  ])('of a name %j is shown as %j', (said, shown) => {
    expect(shownName(said)).toBe(shown);
  });

  test('of a handle is shown as it is or not at all', () => {
    expect(shownHandle('ada')).toBe('ada');
    expect(shownHandle('ada\u202e')).toBeUndefined();
    expect(shownHandle('ada lovelace')).toBeUndefined();
    expect(shownHandle('x'.repeat(256))).toBeUndefined();
  });

  test.each([
    ['a b@c.example'],
    ['a@b@c.example'],
    ['a'],
    [`${'x'.repeat(320)}@c.example`],
    ['a\u202e@b.example'],
    [['a@b.example']],
  ])('of an e-mail is nothing where it is none: %j', (said) => {
    expect(saidEmail(said)).toBeUndefined();
  });
});
