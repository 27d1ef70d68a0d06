import { describe, expect, test } from 'vitest';
import { wayText } from '../../app/pages/device-text.ts';
import { attemptText } from '../../app/pages/attempt-text.ts';
import { factText, type Fact } from '../../app/pages/history-text.ts';

const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');
const way = { kind: 'provider', name: 'GitHub', handle: 'ada' } as const;

describe('a way in', () => {
  test.each([
    ['ada', 'GitHub @ada'],
    ['ada@engine.example', 'GitHub ada@engine.example'],
    ['Ada Lovelace', 'GitHub as Ada Lovelace'],
    [undefined, 'GitHub'],
  ])('known as %s is called "%s"', (handle, words) => {
    expect(plain(wayText({ kind: 'provider', name: 'GitHub', handle }))).toBe(words);
  });

  test('keeps a handle in any direction from turning the words around it', () => {
    expect(wayText({ ...way, handle: 'עדה' })).toBe('GitHub \u2068@עדה\u2069');
  });
});

describe('what happened to a way in', () => {
  test.each<[Fact, string]>([
    [{ type: 'UserRegistered', way }, 'Account opened with GitHub @ada'],
    [{ type: 'ProviderLinked', way }, 'Connected GitHub @ada'],
    [{ type: 'ProviderUnlinked', way, reason: 'asked' }, 'Disconnected GitHub @ada'],
    [{ type: 'ProviderUnlinked', way, reason: 'moved' }, 'Moved to another account: GitHub @ada'],
    [{ type: 'ProviderUnlinked', way, reason: 'provider' }, 'Disconnected at GitHub: GitHub @ada'],
    [{ type: 'MethodSuspended', way, reason: 'recovery' }, 'GitHub @ada rests after the recovery'],
    [{ type: 'MethodSuspended', way, reason: 'provider' }, 'GitHub @ada rests: closed at GitHub'],
    [{ type: 'MethodRestored', way }, 'GitHub @ada opens the account again'],
    [
      { type: 'GrantRevoked', way, outcome: 'revoked' },
      'What GitHub @ada allowed us is taken back',
    ],
    [
      { type: 'GrantRevoked', way, outcome: 'unsupported' },
      'What GitHub @ada allowed us cannot be taken back: there is no way to ask for it',
    ],
    [
      { type: 'GrantRevoked', way, outcome: 'failed' },
      'What GitHub @ada allowed us could not be taken back: no answer came',
    ],
  ])('reads as a sentence: %o', (fact, sentence) => {
    expect(plain(factText(fact))).toBe(sentence);
  });

  test('a round trip that failed changed nothing and is told all the same', () => {
    const github = { kind: 'provider', name: 'GitHub' } as const;
    expect(attemptText('round-trip-failed', github)).toBe('GitHub gave no good answer');
    expect(attemptText('round-trip-failed', null)).toBe('A way in elsewhere gave no good answer');
  });
});
