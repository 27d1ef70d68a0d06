import { describe, expect, test } from 'vitest';
import { environmentTable } from '../../config/environment-table.ts';
import { EnvironmentInvalid, readEnvironment } from '../../config/environment.ts';

type Variables = Readonly<Record<string, string>>;

function problemsOf(variables: Variables): readonly string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.problems;
    throw error;
  }
}

/** The names of the variables that are complained of. */
const blamed = (variables: Variables) => problemsOf(variables).map((line) => line.split(' ')[0]);

const secrets = {
  LATCHKEY_MASTER_KEYS: 'a',
  LATCHKEY_PEPPER: 'b',
  LATCHKEY_COOKIE_SECRETS: 'c',
};
const production = { ORIGIN: 'https://accounts.example', ...secrets };

describe('the environment', () => {
  test('empty means a development server on this machine', () => {
    expect(readEnvironment({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      origin: 'http://localhost:3000',
      development: true,
      dataDir: './data',
      eventstoreUrl: undefined,
      trustedProxies: 0,
      passwordMinLength: 12,
      bcryptCost: 12,
      signUp: 'open',
      deleteGraceDays: 7,
      rateLimits: true,
      providers: [],
    });
  });

  test('takes an empty value for none', () => {
    expect(readEnvironment({ PORT: '', METRICS_TOKEN: '  ', GITHUB_CLIENT_ID: '' })).toEqual(
      readEnvironment({}),
    );
  });

  test.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['HOST', 'http://localhost'],
    ['ORIGIN', 'accounts.example'],
    ['ORIGIN', 'https://accounts.example/path'],
    ['ORIGIN', 'https://you@accounts.example'],
    ['ORIGIN', 'ftp://accounts.example'],
    ['ORIGIN', 'https://accounts.example?x'],
    ['EVENTSTORE_URL', 'https://store.example'],
    ['EVENTSTORE_PREFIX', 'a b'],
    ['METRICS_TOKEN', 'short'],
    ['TRUSTED_PROXIES', '-1'],
    ['PASSWORD_MIN_LENGTH', '7'],
    ['PASSWORD_MIN_LENGTH', '65'],
    ['BCRYPT_COST', '3'],
    ['SIGN_UP', 'maybe'],
    ['DELETE_GRACE_DAYS', '1.5'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMITS', 'no'],
  ])('that is wrong in %s (%s) is refused by that name', (name, value) => {
    expect(blamed({ [name]: value })).toEqual([name]);
  });

  test('never repeats a value in what it complains of', () => {
    const value = 'geheim';

    for (const { name } of environmentTable())
      expect(
        problemsOf({ OIDC_PROVIDERS: 'acme', [name.replace('<NAME>', 'ACME')]: value }).filter(
          (line) => line.includes(value) && name !== 'OIDC_PROVIDERS',
        ),
      ).toEqual([]);
  });

  test('keeps ORIGIN as browsers say it: no slash, small letters, no standard port', () => {
    expect(readEnvironment({ ...production, ORIGIN: 'https://Accounts.Example:443/' }).origin).toBe(
      'https://accounts.example',
    );
  });
});

describe('development rules (H8)', () => {
  test.each([
    [{}],
    [{ ORIGIN: 'http://localhost:8080' }],
    [{ ORIGIN: 'http://127.0.0.1:3000' }],
    [{ ORIGIN: 'http://[::1]:3000', HOST: '::1' }],
    [{ ORIGIN: 'https://app.localhost', HOST: '127.0.0.2' }],
    [{ NODE_ENV: 'production' }],
  ])('hold while ORIGIN and HOST are both loopback, whatever NODE_ENV says: %j', (variables) => {
    expect(readEnvironment(variables).development).toBe(true);
  });

  test.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '::' }],
    [{ HOST: '192.168.1.7' }],
    [{ ORIGIN: 'https://accounts.example' }],
    [{ ORIGIN: 'https://localhost.evil.example' }],
    [{ ORIGIN: 'https://127.0.0.1.evil.example' }],
    [{ HOST: '0.0.0.0', NODE_ENV: 'development' }],
  ])('do not hold otherwise, and every secret is asked for: %j', (variables) => {
    expect(blamed(variables)).toEqual(expect.arrayContaining(Object.keys(secrets)));
  });

  test('alone allow plain http, made-up secrets, no limits, cheap hashes, loopback providers', () => {
    const lax = {
      RATE_LIMITS: 'off',
      BCRYPT_COST: '4',
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      GITHUB_BASE_URL: 'http://localhost:4000/github',
    };

    expect(readEnvironment(lax)).toMatchObject({ rateLimits: false, bcryptCost: 4 });
    expect(blamed({ ...lax, ...production })).toEqual([
      'GITHUB_BASE_URL',
      'RATE_LIMITS',
      'BCRYPT_COST',
    ]);
    expect(blamed({ ...production, ORIGIN: 'http://accounts.example' })).toEqual(['ORIGIN']);
    expect(blamed({ ...production, ORIGIN: 'http://localhost:3000', HOST: '0.0.0.0' })).toEqual([
      'ORIGIN',
    ]);
  });

  test('are not needed by a public server with its secrets', () => {
    expect(readEnvironment(production)).toMatchObject({
      development: false,
      secrets: { masterKeys: 'a', pepper: 'b', cookieSecrets: 'c' },
    });
  });
});

describe('a provider', () => {
  const github = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
  const acme = {
    OIDC_PROVIDERS: 'acme',
    OIDC_ACME_ISSUER: 'https://id.acme.example/',
    OIDC_ACME_CLIENT_ID: 'id',
    OIDC_ACME_CLIENT_SECRET: 'secret',
  };

  test('known by name lives where it always does unless told otherwise', () => {
    expect(readEnvironment(github).providers).toEqual([
      {
        kind: 'github',
        name: 'github',
        clientId: 'id',
        clientSecret: 'secret',
        baseUrl: 'https://github.com',
        emailDomains: [],
        apiScopes: [],
      },
    ]);
  });

  test('known by OpenID keeps its issuer byte for byte, and has a label and a scope', () => {
    expect(
      readEnvironment({ ...acme, OIDC_ACME_EMAIL_DOMAINS: 'Acme.example, b.example' }).providers,
    ).toEqual([
      {
        kind: 'oidc',
        name: 'acme',
        clientId: 'id',
        clientSecret: 'secret',
        issuer: 'https://id.acme.example/',
        label: 'acme',
        scope: 'openid profile email',
        emailDomains: ['acme.example', 'b.example'],
      },
    ]);
  });

  test('is asked for scopes beyond signing in, and vouches for e-mails, only where that is said', () => {
    const [hub, google, facebook] = readEnvironment({
      ...github,
      GITHUB_API_SCOPES: 'repo, gist',
      GITHUB_EMAIL_DOMAINS: 'Acme.example',
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      GOOGLE_API_SCOPES: 'https://www.googleapis.com/auth/calendar',
      FACEBOOK_CLIENT_ID: 'id',
      FACEBOOK_CLIENT_SECRET: 'secret',
    }).providers;

    expect(hub).toMatchObject({ apiScopes: ['repo', 'gist'], emailDomains: ['acme.example'] });
    expect(google).toMatchObject({ apiScopes: ['https://www.googleapis.com/auth/calendar'] });
    expect(facebook).toMatchObject({ apiScopes: [] });
  });

  test.each([
    [{ GITHUB_CLIENT_ID: 'id' }, ['GITHUB_CLIENT_SECRET']],
    [{ GITHUB_API_SCOPES: 'repo' }, ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET']],
    [{ GOOGLE_CLIENT_SECRET: 'secret' }, ['GOOGLE_CLIENT_ID']],
    [{ FACEBOOK_GRAPH_URL: 'https://a.example' }, ['FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET']],
    [
      { OIDC_PROVIDERS: 'acme' },
      ['OIDC_ACME_CLIENT_ID', 'OIDC_ACME_CLIENT_SECRET', 'OIDC_ACME_ISSUER'],
    ],
    [{ OIDC_CORP_ISSUER: 'https://corp.example' }, ['OIDC_CORP_ISSUER']],
    [{ ...acme, OIDC_ACME_LABLE: 'x' }, ['OIDC_ACME_LABLE']],
  ])('by half is refused by the name that is missing or too much: %j', (variables, names) => {
    expect(blamed(variables).sort()).toEqual(names);
  });

  test.each(['confirm', 'github', 'Acme', '1acme', 'a-b', 'a'.repeat(21)])(
    'cannot be called %s',
    (name) => {
      expect(blamed({ OIDC_PROVIDERS: name })).toContain('OIDC_PROVIDERS');
    },
  );

  test.each([
    'http://github.example',
    'github.example',
    'https://you@github.example',
    'https://github.example?x=1',
    'javascript:alert(1)',
  ])('has an https address (O8): not %s', (address) => {
    expect(blamed({ ...github, GITHUB_BASE_URL: address })).toEqual(['GITHUB_BASE_URL']);
  });
});

describe('the table of the environment', () => {
  test('says what every variable is for', () => {
    expect(environmentTable().filter(({ description }) => description.length < 10)).toEqual([]);
  });
});
