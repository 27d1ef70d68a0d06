import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { OAuth2RequestError, UnexpectedErrorResponseBodyError } from 'arctic';
import { describe, expect, test } from 'vitest';
import { localRoundTrips } from './local-round-trips.ts';
import { failures } from '../../dev/local-provider/failures.ts';
import { roleNames } from '../../dev/local-provider/roles.ts';
import { asProviderFault, providerFault } from '../../providers/provider-fault.ts';

const trips = localRoundTrips();

describe('whatever a strategy throws (G24)', () => {
  test.each([
    ['a redirect', new Response(null, { status: 302 }), 'provider-mismatch'],
    ['a ReferenceError', new ReferenceError('Missing state on cookie.'), 'provider-mismatch'],
    ['a RangeError', new RangeError('State in URL'), 'provider-mismatch'],
    ['a plain Error', new Error('Missing or invalid'), 'provider-nonsense'],
    [
      'an error of arctic',
      new OAuth2RequestError('invalid_grant', 'secret', null, null),
      'provider-rejected',
    ],
    [
      'another, with the body',
      new UnexpectedErrorResponseBodyError(400, 'secret'),
      'provider-nonsense',
    ],
    ['text', 'secret', 'provider-nonsense'],
    ['nothing', undefined, 'provider-nonsense'],
    ['null', null, 'provider-nonsense'],
  ])('is one fault: %s', (_, thrown, code) => {
    const fault = asProviderFault('acme', thrown);

    expect(fault).toMatchObject({ name: 'ProviderFault', code, provider: 'acme' });
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('secret');
  });

  test('is the fault that a library wrapped', () => {
    const own = providerFault('acme', 'provider-unreachable', 'no answer');
    const wrapped = new TypeError('a', { cause: new Error('b', { cause: own }) });

    expect(asProviderFault('acme', wrapped)).toBe(own);
  });

  test('does not go round in circles', () => {
    const error = new Error('round');
    error.cause = error;

    expect(asProviderFault('acme', error).code).toBe('provider-nonsense');
  });
});

/** Those that only wait are in wire-faults; those that only change what is said end in no fault. */
const quick = { callMs: 400, tripMs: 1_000 };

describe.each(roleNames)('a fault of %s (G21, G24)', (role) => {
  test('holds nothing of what the provider sent and nothing secret, for every failure there is', async () => {
    const provider = trips.provider(role, {}, quick);
    const secrets = Object.entries(trips.local().environment[role])
      .filter(([name]) => name.endsWith('_SECRET'))
      .map(([, value]) => value);
    const names = [...failures.keys()].filter(
      (name) => !/(^|-)(slow|hanging|drip)$|^denied$|^keys-/.test(name),
    );
    const before = trips.local().seen.length;
    let faults = 0;
    for (const failure of names) {
      const ended = await trips.signIn(provider, { failure }).catch((error: unknown) => error);
      if (!(ended instanceof Error)) continue;
      faults += 1;
      const text = inspect(ended, { depth: 9, showHidden: true });
      const sent = trips.local().seen.slice(before);
      const words = sent.flatMap(({ body, query }) => [
        body.get('code'),
        body.get('code_verifier'),
        query.get('state'),
      ]);
      const forbidden = [...secrets, ...words, 'local</b>', 'says no', 'attacker'];

      expect(ended).toMatchObject({ name: 'ProviderFault', provider: role });
      expect(
        forbidden.filter((word) => word && text.includes(word)),
        failure,
      ).toEqual([]);
      expect(text).not.toMatch(/(access|refresh|code)_[\w-]{20}/);
    }
    expect(faults).toBeGreaterThan(10);
  });
});

describe('DEBUG=* (G21)', () => {
  test('prints no code and no state of a round trip', () => {
    const script = join(import.meta.dirname, 'round-trip-process.ts');
    const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
      env: { ...process.env, DEBUG: '*' },
      encoding: 'utf8',
      timeout: 20_000,
    });
    const { secrets } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { secrets: string[] };

    expect(status).toBe(0);
    expect(secrets.length).toBeGreaterThan(1);
    expect(secrets.filter((secret) => stderr.includes(secret))).toEqual([]);
    expect(stderr).not.toContain('GitHubStrategy');
  });
});
