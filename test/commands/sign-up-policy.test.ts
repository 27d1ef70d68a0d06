import { describe, expect, test } from 'vitest';
import { inventUsername, maySignUp, type Applicant } from '../../commands/sign-up-policy.ts';
import { username } from '../../domain/account/form-values.ts';

const byForm: Applicant = { via: 'form', provedEmail: null, email: 'ada@example.com' };
const byGithub: Applicant = {
  via: 'github',
  provedEmail: 'ada@example.com',
  email: 'ada@example.com',
};
const identity = { issuer: 'https://github.com', subject: '1' };

describe('who may open an account', () => {
  test.each([
    ['open', byForm, true],
    ['open', byGithub, true],
    ['form', byForm, true],
    ['form', byGithub, false],
    ['closed', byForm, false],
    ['closed', byGithub, false],
  ] as const)('SIGN_UP=%s, %o: %s', (signUp, applicant, may) => {
    expect(maySignUp({ signUp }, applicant)).toBe(may);
  });

  /**
   * What a deployment writes into `commands/sign-up-policy.ts` whose people are at example.com: a provider must have
   * proved it, and the form, which proves nothing, is shut. SIGN_UP is still asked first.
   */
  const ofExample: typeof maySignUp = (policy, applicant) =>
    maySignUp(policy, applicant) && /@example\.com$/i.test(applicant.provedEmail ?? '');

  test.each([
    ['ada@example.com', true],
    ['ada@EXAMPLE.com', true],
    ['ada@example.com.evil.example', false],
    ['ada@notexample.com', false],
    [null, false],
  ])(
    'by a rule of one’s own, for proved addresses of one domain only: %s, %s',
    (provedEmail, may) => {
      const byGoogle = { via: 'google', provedEmail, email: 'ada@example.com' };

      expect(ofExample({ signUp: 'open' }, byGoogle)).toBe(may);
      expect(ofExample({ signUp: 'form' }, byGoogle)).toBe(false);
      expect(ofExample({ signUp: 'open' }, byForm)).toBe(false);
    },
  );
});

describe('a username to suggest', () => {
  test.each([
    [{ handle: 'ada' }, 'ada'],
    [{ handle: 'Ada-Lovelace', email: 'x@y.example' }, 'ada-lovelace'],
    [{ email: 'ada.l+tag@example.com' }, 'ada.ltag'],
    [{ name: 'Ada Lovelace' }, 'adalovelace'],
    [{ name: 'Zoë Ångström' }, 'zoeangstrom'],
    [{ handle: '__dunder' }, 'dunder'],
    [{ handle: 'x'.repeat(90) }, 'x'.repeat(32)],
    [{ name: 'Анна' }, ''],
    [{ handle: 'ab' }, ''],
    [{ handle: 'ab', email: 'ada@example.com' }, 'ada'],
    [{ handle: 'Анна', name: 'Anna' }, 'anna'],
    [{ handle: 'admin', name: 'Ada' }, 'ada'],
    [{}, ''],
  ])('of %o is %j', (told, suggested) => {
    expect(inventUsername({ ...identity, ...told })).toBe(suggested);
  });

  test('is one the form takes, or none, whatever a provider calls somebody', () => {
    const names = [
      'Ａｄａ',
      'ada@example.com',
      '<b>ada</b>',
      '-.-',
      '\u202eada',
      'ﷺ',
      'ᴮᴵᴳ',
      '..a..b..',
    ];
    const suggestions = names.map((handle) => inventUsername({ ...identity, handle }));

    for (const suggested of suggestions) {
      expect(suggested === '' || username.safeParse(suggested).success, suggested).toBe(true);
    }
  });
});
