import { describe, expect, test } from 'vitest';
import { CookieJar } from '../../app/server/cookie-jar.ts';
import { deriveCookieKeys } from '../../app/server/cookie-keys.ts';
import { cookiesOf } from '../../app/server/cookies.ts';

const noon = new Date('2026-05-01T12:00:00Z');
const minutesLater = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

interface Visit {
  readonly header?: string | undefined;
  readonly secrets?: readonly string[];
  readonly secure?: boolean;
  readonly at?: Date;
}

/** One request of a browser: its cookies, and what it holds afterwards. */
function visit({ header, secrets = ['secret'], secure = true, at = noon }: Visit = {}) {
  const jar = new CookieJar(header, { secure });
  const cookies = cookiesOf({ jar, keys: deriveCookieKeys(secrets), at });
  const held = () =>
    jar
      .setCookieLines()
      .map((line) => line.split(';')[0])
      .join('; ');
  return { cookies, lines: () => jar.setCookieLines(), held };
}

/** What a browser holds after the server wrote something into it. */
function after(write: (cookies: ReturnType<typeof visit>['cookies']) => void, options: Visit = {}) {
  const { cookies, held } = visit(options);
  write(cookies);
  return held();
}

const place = { sessionId: 'session-1', page: '/settings' };

describe('a cookie', () => {
  test('is __Host-, Secure, HttpOnly, Lax and for every path where ORIGIN is https', () => {
    const { cookies, lines } = visit();
    cookies.session.set('token');

    expect(lines()).toEqual(['__Host-sid=token; Path=/; HttpOnly; SameSite=Lax; Secure']);
  });

  test('is plain-named and not Secure on a loopback http origin', () => {
    const { cookies, lines } = visit({ secure: false });
    cookies.session.set('token');

    expect(lines()).toEqual(['sid=token; Path=/; HttpOnly; SameSite=Lax']);
  });

  test('without __Host- is not ours on https: a sibling domain may have planted it', () => {
    expect(visit({ header: 'sid=token' }).cookies.session.read()).toBeUndefined();
    expect(visit({ header: 'x__Host-sid=token' }).cookies.session.read()).toBeUndefined();
  });

  test('that comes twice is none: one of the two was planted', () => {
    const header = '__Host-sid=mine; __Host-sid=theirs';

    expect(visit({ header }).cookies.session.read()).toBeUndefined();
  });

  test.each([
    '',
    ';;;',
    '=',
    '__Host-sid',
    '__Host-sid=',
    '__Host-sid=a b',
    '__Host-sid=%zz',
    '__Host-sid="a"',
    `__Host-sid=${'x'.repeat(5_000)}`,
    '\u00ff\u00fe=\u0001',
  ])('that is malformed is none, and throws nothing (GHSA-xmf8-cvqr-rfgj): %j', (header) => {
    const { cookies } = visit({ header });

    expect(cookies.session.read()).toBeUndefined();
    expect(cookies.flash.take()).toBeUndefined();
    expect(cookies.typed.take(place)).toBeUndefined();
    expect(cookies.known.holds('ann')).toBe(false);
    expect(cookies.theme.read()).toBe('system');
    expect(cookies.anonymous.id()).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  test('deleted is deleted in the browser too, and only there where it is', () => {
    const { cookies, lines } = visit({ header: '__Host-sid=token' });
    cookies.session.clear();
    cookies.typed.take(place);

    expect(cookies.session.read()).toBeUndefined();
    expect(lines()).toEqual(['__Host-sid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0']);
  });

  test('all of them together stay under 8 KB, whatever was put into them', () => {
    const header = after((cookies) => {
      cookies.session.set('t'.repeat(43));
      cookies.anonymous.id();
      cookies.theme.set('dark');
      for (let account = 0; account < 50; account += 1) cookies.known.add(`account-${account}`);
      cookies.flash.set('registered', { name: 'x'.repeat(200) });
      cookies.typed.keep(place, { name: 'x'.repeat(2_000) });
    });

    expect(header.length).toBeLessThan(8_192);
  });
});

describe('a key for each purpose (H18, CVE-2023-48309)', () => {
  const writers = {
    anon: after((cookies) => cookies.anonymous.id()),
    known: after((cookies) => cookies.known.add('ann')),
    flash: after((cookies) => cookies.flash.set('registered')),
    typed: after((cookies) => void cookies.typed.keep(place, { name: 'Ann' })),
  };
  const names = Object.keys(writers) as (keyof typeof writers)[];
  const swaps = names.flatMap((from) => names.flatMap((to) => (from === to ? [] : [{ from, to }])));

  test.each(swaps)('$from does not pass as $to', ({ from, to }) => {
    const value = writers[from].split('=')[1];
    const { cookies } = visit({ header: `__Host-${to}=${value}` });

    expect(cookies.flash.take()).toBeUndefined();
    expect(cookies.typed.take(place)).toBeUndefined();
    expect(cookies.known.holds('ann')).toBe(false);
    expect(value).not.toContain(cookies.anonymous.id());
  });

  test('is a key of its own, under each secret', () => {
    const keys = Object.values(deriveCookieKeys(['secret', 'older secret']));
    const all = keys.flatMap((purpose) => purpose.all.map((key) => key.toString('hex')));

    expect(all).toHaveLength(18);
    expect(new Set(all).size).toBe(18);
  });

  test('signed by nobody, or by somebody else, counts for nothing', () => {
    const theirs = after((cookies) => cookies.known.add('ann'), { secrets: ['another secret'] });

    expect(visit({ header: theirs }).cookies.known.holds('ann')).toBe(false);
    expect(visit({ header: theirs.replace(/\..*/, '') }).cookies.known.holds('ann')).toBe(false);
    const json = Buffer.from('{"code":"registered","params":{}}').toString('base64url');
    const forged = `__Host-flash=${json}.${'A'.repeat(43)}`;
    expect(visit({ header: forged }).cookies.flash.take()).toBeUndefined();
  });

  test('outlives a rotation of secrets: the first signs, all verify', () => {
    const old = after((cookies) => {
      cookies.known.add('ann');
      cookies.flash.set('registered');
      cookies.typed.keep(place, { name: 'Ann' });
    });
    const rotated = visit({ header: old, secrets: ['new', 'secret'] });

    expect(rotated.cookies.known.holds('ann')).toBe(true);
    expect(rotated.cookies.flash.take()).toEqual({ code: 'registered', params: {} });
    expect(rotated.cookies.typed.take(place)).toEqual({ name: 'Ann' });
    rotated.cookies.known.add('ann');
    expect(visit({ header: rotated.held(), secrets: ['new'] }).cookies.known.holds('ann')).toBe(
      true,
    );
  });
});

describe('the anonymous cookie', () => {
  test('is minted once and then stays, carrying an id and nothing else', () => {
    const first = visit();
    const id = first.cookies.anonymous.id();
    const second = visit({ header: first.held() });

    expect(first.cookies.anonymous.id()).toBe(id);
    expect(second.cookies.anonymous.id()).toBe(id);
    expect(second.lines()).toEqual([]);
  });

  test('is another one after a sign-out', () => {
    const { cookies } = visit();
    const id = cookies.anonymous.id();
    cookies.anonymous.renew();

    expect(cookies.anonymous.id()).not.toBe(id);
  });
});

describe('the cookie of a browser that signed in before (H16)', () => {
  test('knows the accounts it was for, up to four, and no others', () => {
    const header = after((cookies) => {
      for (const account of ['ann', 'bob', 'cid', 'dan', 'eve']) cookies.known.add(account);
      cookies.known.add('bob');
    });
    const { known } = visit({ header }).cookies;

    expect(['ann', 'bob', 'cid', 'dan', 'eve', 'fay'].filter((name) => known.holds(name))).toEqual([
      'bob',
      'cid',
      'dan',
      'eve',
    ]);
  });

  test('names nobody: it holds no account id', () => {
    const header = after((cookies) => cookies.known.add('account-of-ann'));

    expect(Buffer.from(header.split('=')[1] ?? '', 'base64url').toString()).not.toContain('ann');
    expect(header).not.toContain('ann');
  });
});

describe('the flash cookie', () => {
  test('is shown once', () => {
    const header = after((cookies) => cookies.flash.set('registered', { name: 'Zoë <b>' }));
    const { cookies, lines } = visit({ header });

    expect(cookies.flash.take()).toEqual({ code: 'registered', params: { name: 'Zoë <b>' } });
    expect(cookies.flash.take()).toBeUndefined();
    expect(lines()).toEqual([expect.stringContaining('__Host-flash=; ')]);
  });

  test('shortens what is too long to keep rather than failing the change it tells of', () => {
    const header = after((cookies) => cookies.flash.set('registered', { name: '💠'.repeat(300) }));

    expect(visit({ header }).cookies.flash.take()?.params['name']?.length).toBeLessThanOrEqual(200);
  });
});

describe('typed values that wait for a re-authentication (H6)', () => {
  const typed = { name: 'Ann', email: 'ann@a.example' };
  const header = after((cookies) => void cookies.typed.keep(place, typed));

  test('come back to the same session and page, once', () => {
    const { cookies, lines } = visit({ header, at: minutesLater(4) });

    expect(cookies.typed.take(place)).toEqual(typed);
    expect(cookies.typed.take(place)).toBeUndefined();
    expect(lines()).toEqual([expect.stringContaining('Max-Age=0')]);
  });

  test('do not come back to another session, another page, or after five minutes', () => {
    const other = { ...place, sessionId: 'session-2' };
    const elsewhere = { ...place, page: '/settings/password' };

    expect(visit({ header }).cookies.typed.take(other)).toBeUndefined();
    expect(visit({ header }).cookies.typed.take(elsewhere)).toBeUndefined();
    expect(visit({ header, at: minutesLater(5) }).cookies.typed.take(place)).toBeUndefined();
  });

  test('are sealed, and hold no password, no token', () => {
    const secrets = {
      currentPassword: 'geheim',
      newPasswordConfirm: 'geheim',
      csrf: 'geheim',
      once: 'geheim',
    };
    const full = after((cookies) => void cookies.typed.keep(place, { ...typed, ...secrets }));

    expect(visit({ header: full }).cookies.typed.take(place)).toEqual(typed);
    expect(Buffer.from(full.split('=')[1] ?? '', 'base64url').toString('latin1')).not.toContain(
      'Ann',
    );
  });

  test('too long for a cookie are not kept, and the caller is told', () => {
    const { cookies, lines } = visit();

    expect(cookies.typed.keep(place, { name: 'x'.repeat(4_000) })).toBe(false);
    expect(lines()).toEqual([]);
  });
});
