import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  displayName,
  emailAddress,
  newPassword,
  username,
} from '../../domain/account/form-values.ts';
import { reservedUsernames } from '../../domain/account/reserved-usernames.ts';
import { canonicalEmail, canonicalUsername } from '../../domain/canonical.ts';

/** The value kept, or the messages beside the field. */
function read(schema: z.ZodType<string>, typed: unknown): string | readonly string[] {
  const parsed = schema.safeParse(typed);
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message);
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const settled = (schema: z.ZodType<string>) =>
  fc.assert(
    fc.property(anyText, (typed) => {
      const kept = schema.safeParse(typed);
      if (kept.success) expect(read(schema, kept.data)).toBe(kept.data);
    }),
  );

describe('an e-mail', () => {
  const whole = ['Enter a whole e-mail address, like ann@example.org.'];

  test.each([
    ['a＠b.com', 'a@b.com'],
    [' Ann@EXAMPLE.org ', 'Ann@EXAMPLE.org'],
    ['ａｎｎ@example.org', 'ann@example.org'],
    ['o’hara@example.org', 'o’hara@example.org'],
    ["o'hara+x=1@example.org", "o'hara+x=1@example.org"],
    ['jürgen@bücher.example', 'jürgen@bücher.example'],
    ['用户@例子.测试', '用户@例子.测试'],
  ])('%j is kept as %j: made fit first, then judged (GHSA-7rqj-j65f-68wh)', (typed, kept) =>
    expect(read(emailAddress, typed)).toBe(kept),
  );

  test.each([
    'a',
    'ann',
    'ann@',
    '@example.org',
    'ann@localhost',
    'ann@b@example.org',
    'ann@b.org@example.org',
    'ann＠b@example.org',
    'ann smith@example.org',
    '"ann"@example.org',
    'ann<eve@example.org>',
    'ann,eve@example.org',
    'ann@example.org\r\nbcc:eve@example.org',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'an\u200dn@example.org',
    'an\u00adn@example.org',
    'ann@exam\u00adple.org',
    'an\u202en@example.org',
    'an\u0000n@example.org',
    'an\ud800n@example.org',
    'an\u3164n@example.org',
  ])('%j is not one', (typed) => expect(read(emailAddress, typed)).toEqual(whole));

  test.each(['', '  ', undefined, 5])('%j asks for one', (typed) =>
    expect(read(emailAddress, typed)).toEqual(['Enter your e-mail address.']),
  );

  test('may have 254 characters, counted after it was made fit', () => {
    const long = `${'a'.repeat(242)}@example.com`;
    expect(read(emailAddress, ` ${long} `)).toBe(long);
    const tooLong = ['Use an e-mail address of at most 254 characters.'];
    expect(read(emailAddress, `a${long}`)).toEqual(tooLong);
    expect(read(emailAddress, `${'ﷺ'.repeat(20)}@example.com`)).toEqual(tooLong);
  });

  test('has the same key however it is kept', () => {
    const typed = '　Ａnn＠ＥＸＡＭＰＬＥ.org';
    const kept = emailAddress.parse(typed);
    expect(canonicalEmail(kept)).toBe(canonicalEmail(typed));
  });

  test('is kept the same when it is typed as it is kept', () => settled(emailAddress));
});

describe('a username', () => {
  test.each([
    ['Ann', 'ann'],
    [' ｂｉｇｂｉｒｄ ', 'bigbird'],
    ['ᴮᴵᴳᴮᴵᴿᴰ', 'bigbird'],
    ['0-a_b.c', '0-a_b.c'],
    ['a'.repeat(32), 'a'.repeat(32)],
  ])('%j is kept canonical: %j', (typed, kept) => expect(read(username, typed)).toBe(kept));

  test.each([
    ['', 'Choose a username.'],
    [undefined, 'Choose a username.'],
    ['a', 'Use at least 3 characters.'],
    ['an', 'Use at least 3 characters.'],
    ['a'.repeat(33), 'Use at most 32 characters.'],
    ['admin', 'That username is reserved. Choose another.'],
    ['ＬＡＴＣＨＫＥＹ', 'That username is reserved. Choose another.'],
  ])('%j is refused: %s', (typed, message) => expect(read(username, typed)).toEqual([message]));

  test.each(['.ann', '-ann', '_ann', 'an n', 'ann@b', 'аnn', 'änn', 'ann\n2', 'an\u200dn'])(
    '%j is refused for its characters',
    (typed) =>
      expect(read(username, typed)).toEqual([
        'Use letters a to z, digits, dots, hyphens and underscores; begin with a letter or digit.',
      ]),
  );

  test('is its own canonical form once it is kept', () => {
    settled(username);
    for (const reserved of reservedUsernames) expect(canonicalUsername(reserved)).toBe(reserved);
  });

  test.each(['admin', 'root', 'settings', 'login', 'audit', 'support', 'latchkey'])(
    '%s is reserved',
    (name) => expect(reservedUsernames.has(name)).toBe(true),
  );
});

describe('a display name', () => {
  test('is trimmed and composed, and kept as typed otherwise', () =>
    expect(read(displayName, '  Ann E\u0301va Ｌee ')).toBe('Ann Éva Ｌee'));

  test.each([
    [undefined, 'Enter your name.'],
    [' ', 'Enter your name.'],
    ['x'.repeat(101), 'Use at most 100 characters.'],
    ['a\u202eb', 'Use letters, marks, digits or emoji; leave out hidden characters.'],
  ])('%j is refused: %s', (typed, message) => expect(read(displayName, typed)).toEqual([message]));

  test('may be one character', () => expect(read(displayName, '明')).toBe('明'));

  test('counts characters, not halves of them', () =>
    expect(read(displayName, '😀'.repeat(100))).toBe('😀'.repeat(100)));

  test('is kept the same when it is typed as it is kept', () => settled(displayName));
});

describe('a new password', () => {
  test.each([
    ['', 'Choose a password.'],
    [undefined, 'Choose a password.'],
    ['a', 'Use at least 12 characters.'],
    ['a'.repeat(11), 'Use at least 12 characters.'],
    ['😀'.repeat(11), 'Use at least 12 characters.'],
    ['a'.repeat(1_025), 'Use at most 1,024 characters.'],
    [`${'a'.repeat(12)}\ud800`, 'Use characters that can be typed again.'],
  ])('%j is refused: %s', (typed, message) =>
    expect(read(newPassword(), typed)).toEqual([message]),
  );

  test.each([
    'a'.repeat(12),
    '😀'.repeat(12),
    '😀'.repeat(1_024),
    '  spaces at the ends  ',
    'ｗｉｄｅ　ｐａｓｓｗｏｒｄ',
    'null\u0000in the middle',
  ])('%j is kept as it was typed', (typed) => expect(read(newPassword(), typed)).toBe(typed));

  test('is as long as the operator wants', () => {
    expect(read(newPassword(8), 'a'.repeat(8))).toBe('a'.repeat(8));
    expect(read(newPassword(20), 'a'.repeat(19))).toEqual(['Use at least 20 characters.']);
  });
});
