import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { weakness } from '../../vault/common-passwords.ts';

const context = { minLength: 12, username: 'alice', email: 'Jane.Doe+shop@example.org' };

describe('a password is refused', () => {
  test.each([
    ['eleven characters', 'short-one-1'],
    ['none', ''],
    ['eleven emoji', '🐎🐄🐖🐏🐐🐑🐓🦃🦆🦢🐇'],
    ['eleven letters after composing', 'cafe\u0301-au-lait'.slice(0, 12)],
  ])('as too short for %s', (_what, password) => {
    expect(weakness(password, context)).toBe('too-short');
  });

  test('as too long past 1,024 characters', () => {
    expect(weakness('correct horse '.repeat(74).slice(0, 1_025), context)).toBe('too-long');
    expect(weakness(`${'🐎🐄'.repeat(512)}x`, context)).toBe('too-long');
    expect(weakness(`${'🐎🐄🐖'.repeat(341)}x`, context)).toBeNull();
  });

  test.each([
    'aaaaaaaaaaaa',
    '            ',
    '🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎',
    '123456789012',
    '210987654321',
    'abcdefghijkl',
    'abc123xyz789',
    'qwertyuiop12',
    'qwertyuiopasdfgh',
    'abcabcabcabc',
    'zyxwvutsrqponm',
    'aaaaaabbbbbb',
    'x7#kx7#kx7#k',
    'jennifer1jennifer1',
    'passwordpassword',
    'password1234',
    'Password123!',
    'PASSWORD-2026',
    'ｐａｓｓｗｏｒｄ１２３４',
    '!!iloveyou!!1',
    'dragon123456',
    '1qaz2wsx3edc',
    'unbelievable',
  ])('as common: %s', (password) => {
    expect(weakness(password, context)).toBe('common');
  });

  test.each([
    'jane.doe-2026',
    'JaneDoe12345',
    'Latchkey-12345',
    'latchkeylatchkey!',
    'jane.doe+shop1',
    'alice-password',
    'Jane.Doe+shop@example.org',
    'jane.doe+shop@EXAMPLE.org!',
  ])('for its context: %s', (password) => {
    expect(weakness(password, context)).toBe('context');
  });
});

describe('a password is taken', () => {
  test.each([
    'correct horse battery staple',
    'Tr0ub4dor&3-xyz',
    'planning-a-trip',
    'my latchkey is under the mat',
    'alice-likes-marmalade',
    '739104628517',
    'ålesund fjord',
    'пароль-не-простой',
    'двенадцать!!',
  ])('as it is, without rules of composition: %s', (password) => {
    expect(weakness(password, context)).toBeNull();
  });

  test('where a very short name merely stands in it', () => {
    expect(weakness('bobbing-bob!', { minLength: 12, username: 'bob' })).toBeNull();
  });

  test('by the length that is set', () => {
    expect(weakness('k7#Qz9!m', { minLength: 8 })).toBeNull();
    expect(weakness('k7#Qz9!m', { minLength: 9 })).toBe('too-short');
  });
});

describe('the list', () => {
  const list = readFileSync(new URL('../../vault/common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  test('has over 3,000 entries of every length that may be asked for, as far as people use such', () => {
    expect(list.filter((entry) => entry.length >= 8).length).toBeGreaterThan(3_000);
    expect(list.filter((entry) => entry.length >= 12).length).toBeGreaterThan(250);
  });

  test('is in the form that passwords are compared in', () => {
    const folded = list.map((entry) => entry.normalize('NFKC').toLowerCase().normalize('NFKC'));

    expect(list).toEqual(folded);
    expect(new Set(list).size).toBe(list.length);
  });
});
