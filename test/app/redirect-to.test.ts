import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formPage, redirectTo } from '../../app/server/redirect-to.ts';
import { startEdge } from './edge.ts';

const ORIGIN = 'https://accounts.example';

describe('a place to go to after a form (G22, security 1.6)', () => {
  test.each([
    ['/', '/'],
    ['/settings', '/settings'],
    ['/settings?at=3&kind=%2F', '/settings?at=3&kind=%2F'],
    ['/settings/history?at=3#top', '/settings/history?at=3'],
    ['/settings/../settings/sessions', '/settings/sessions'],
    ['/authors', '/authors'],
    ['/logouts', '/logouts'],
    [`${ORIGIN}/settings`, '/settings'],
    [`https://you@accounts.example/settings`, '/settings'],
    ['settings', '/settings'],
    ['/a?next=//evil.example', '/a?next=//evil.example'],
  ])('is a page of ours: %s → %s', (given, place) => {
    expect(redirectTo(given, ORIGIN)).toBe(place);
  });

  test.each([
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/ /evil.example',
    '/\u0000/evil.example',
    '/\u007f/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/%2e%2e//evil.example',
    'https://evil.example',
    'https:evil.example/..//evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'http://accounts.example',
    'https://accounts.example:8443/',
    'https://accounts.example.evil.example/',
    'https://accounts.example@evil.example/',
    'https://evil.example/accounts.example',
    'https://accounts.example\\@evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'ftp://accounts.example/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://accounts.example/x',
    'vbscript:x',
    'mailto:a@accounts.example',
    'about:blank',
    'file:///etc/passwd',
    'https://[::1',
    'https://a b',
    'https://%',
    'http:',
    'https://',
    '//',
    '///',
    '//[',
    '/logout',
    '/logout/',
    '/LOGOUT',
    '/logout?x=1',
    '/%6cogout',
    '/./logout',
    '/settings/../logout',
    '/auth/github',
    '/auth/github/callback?code=x&state=y',
    '/auth/confirm',
    '/AUTH/github',
    '/auth',
    '/%61uth/github',
    '/theme',
    '/csp-report',
    '/settings.data',
    '/_root.data',
    '/settings%2edata',
    '',
    '/settings\\sessions',
    `/${'x'.repeat(512)}`,
    `/${'../'.repeat(200)}settings`,
    `/settings?${'é'.repeat(200)}`,
    `/${'é'.repeat(200)}`,
  ])('is refused: %j', (given) => {
    expect(redirectTo(given, ORIGIN)).toBeUndefined();
  });

  test.each([undefined, null, 42, {}, [], ['/settings'], new File([], 'x')])(
    'is refused where it is no text: %j',
    (given) => {
      expect(redirectTo(given, ORIGIN)).toBeUndefined();
    },
  );

  test('is, whatever was given, undefined or a path that browsers keep at ORIGIN (CVE-2022-31093)', () => {
    const piece = fc.constantFrom(
      ...[
        '/',
        '\\',
        '.',
        '..',
        '%',
        '%2f',
        '%5c',
        '@',
        ':',
        '?',
        '#',
        '\t',
        'evil.example',
        'https:',
      ],
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((all) => all.join('')),
    );

    fc.assert(
      fc.property(hostile, (given) => {
        const place = redirectTo(given, ORIGIN);
        if (place === undefined) return;
        expect(new URL(place, ORIGIN).origin).toBe(ORIGIN);
        expect(place.startsWith('/') && !place.startsWith('//')).toBe(true);
        expect(redirectTo(place, ORIGIN)).toBe(place);
      }),
      { numRuns: 1_000 },
    );
  });

  test('malformed in a request neither hangs it nor breaks it (CVE-2022-31093)', async () => {
    const edge = await startEdge({
      routes: {
        '/login': {
          loader: ({ request, context }) => {
            const given = new URL(request.url).searchParams.get('redirectTo');
            return { place: context.redirectTo(given) ?? 'none' };
          },
        },
      },
    });

    for (const given of [
      '%',
      '%zz',
      '%ff%fe',
      '%00',
      '//%5b',
      'https://%',
      `/${'x'.repeat(4_000)}`,
    ]) {
      const { status, text } = await edge.ask(`/login?redirectTo=${given}`);
      expect([given, status]).toEqual([given, 200]);
      expect(text).toContain('none');
    }
  });
});

describe('where a re-authentication leads back to (H6, G22)', () => {
  const question = '/auth/confirm?pending=6f1c1f0e-8f3b-4c62-9d5c-0a2f4a7b9c11';

  test('is a page, or the question that asked for it', () => {
    expect(formPage(question, ORIGIN)).toBe(question);
    expect(formPage('/settings/connections', ORIGIN)).toBe('/settings/connections');
  });

  test.each([
    '/auth/confirm',
    '/auth/confirm?pending=',
    `${question}&intent=link`,
    `${question}#x`,
    ` ${question}`,
    `${ORIGIN}${question}`,
    `/${question}`,
    question.toUpperCase(),
    question.replace('confirm', 'confirm/'),
    '/auth/github?pending=6f1c1f0e-8f3b-4c62-9d5c-0a2f4a7b9c11',
    '/auth/github/callback?code=x',
    '/logout',
  ])('is nothing else: %j', (given) => {
    expect(formPage(given, ORIGIN)).toBeUndefined();
  });
});
