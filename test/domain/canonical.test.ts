import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asciiDomain,
  canonical,
  canonicalEmail,
  canonicalUsername,
} from '../../domain/canonical.ts';

const codePoints = function* () {
  for (let point = 0; point <= 0x10ffff; point += 1) yield String.fromCodePoint(point);
};
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const anyCharacter = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
const many = { numRuns: 3_000 };

/** Every code point whose form changes again when it is made canonical a second time. */
const unsettled = (form: (text: string) => string, around: (character: string) => string) =>
  [...codePoints()].filter((character) => {
    const once = form(around(character));
    return form(once) !== once;
  });

describe('a canonical form', () => {
  test('is its own canonical form, for every code point there is (Spotify 2013)', () =>
    expect(unsettled(canonical, (character) => character)).toEqual([]));

  test('in the other order would not be: lower case first leaves hundreds unsettled', () => {
    const lowerFirst = (text: string) => text.toLowerCase().normalize('NFKC');
    const left = unsettled(lowerFirst, (character) => character);
    expect(left).toContain('ᴮ');
    expect(left.length).toBeGreaterThan(600);
  });

  test('is its own canonical form, for any two characters and any text (Spotify 2013)', () => {
    const settled = (text: string) => {
      expect(canonical(canonical(text))).toBe(canonical(text));
    };
    const pair = fc.tuple(anyCharacter, anyCharacter).map((both) => both.join(''));
    fc.assert(fc.property(fc.oneof(pair, anyText), settled), many);
  });

  test.each([
    ['ᴮᴵᴳᴮᴵᴿᴰ', 'bigbird'],
    ['ｂｉｇｂｉｒｄ', 'bigbird'],
    ['  BigBird\u3000', 'bigbird'],
    ['miKe', 'mike'],
  ])('of %j is %j', (typed, form) => expect(canonicalUsername(typed)).toBe(form));

  test('does not merge letters that only look alike', () => {
    expect(canonical('аnn')).not.toBe(canonical('ann'));
    expect(canonical('mıke')).not.toBe(canonical('mike'));
  });
});

describe('the canonical form of an e-mail', () => {
  test('is its own canonical form, whatever character stands before the @', () =>
    expect(unsettled(canonicalEmail, (character) => `${character}@b.org`)).toEqual([]));

  test('is its own canonical form, whatever text stands around the @', () => {
    const email = fc.tuple(anyText, anyText, fc.constantFrom('', '.org', '@c.org'));
    fc.assert(
      fc.property(email, ([local, domain, end]) => {
        const once = canonicalEmail(`${local}@${domain}${end}`);
        expect(canonicalEmail(once)).toBe(once);
      }),
      many,
    );
  });

  test.each([
    ['Ann@EXAMPLE.org'],
    [' ann@example.org '],
    ['ａｎｎ@example.org'],
    ['ann＠example.org'],
    ['ann@ｅｘａｍｐｌｅ.org'],
    ['ann@example。org'],
  ])('of %j is ann@example.org (F11)', (typed) =>
    expect(canonicalEmail(typed)).toBe('ann@example.org'),
  );

  test('spells the domain as DNS does, so that both spellings are one', () => {
    expect(canonicalEmail('ann@bücher.example')).toBe('ann@xn--bcher-kva.example');
    expect(canonicalEmail('ann@BÜCHER.example')).toBe('ann@xn--bcher-kva.example');
    expect(canonicalEmail('ann@XN--bcher-kva.example')).toBe('ann@xn--bcher-kva.example');
  });

  test('keeps dots and +tags: they may be two people', () => {
    expect(canonicalEmail('a.nn+x@gmail.com')).toBe('a.nn+x@gmail.com');
  });

  test('of letters that only look alike is another e-mail (CVE-2019-19844)', () => {
    expect(canonicalEmail('mıke@example.org')).not.toBe(canonicalEmail('mike@example.org'));
    expect(canonicalEmail('mike@exampłe.org')).not.toBe(canonicalEmail('mike@example.org'));
  });

  test('of text without an @ is only made canonical', () =>
    expect(canonicalEmail(' Ann ')).toBe('ann'));
});

describe('a domain', () => {
  test.each([['example.org'], ['a.b.c.example'], ['xn--bcher-kva.example'], ['3com.com']])(
    '%s is one',
    (domain) => expect(asciiDomain(domain)).toBe(domain),
  );

  test.each([
    '',
    'localhost',
    'example.org.',
    '.example.org',
    'a..org',
    '-a.org',
    'a-.org',
    'a_b.org',
    '127.0.0.1',
    '0x7f.1',
    '[::1]',
    'example.org:80',
    'example.org/path',
    'example.org?x',
    'ann@example.org',
    'ex%61mple.org',
    'exa mple.org',
    'example.org\\x',
    `${'a'.repeat(64)}.org`,
    `${'a.'.repeat(130)}org`,
  ])('%j is none', (domain) => expect(asciiDomain(domain)).toBeUndefined());
});
