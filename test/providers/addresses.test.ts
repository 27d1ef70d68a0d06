import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openProviders } from '../../providers/open-providers.ts';
import { isAllowed } from '../../providers/calls.ts';
import { readEnvironment } from '../../config/environment.ts';

/** An issuer that says of itself whatever it is told to. */
async function issuerSaying(more: (issuer: string) => Readonly<Record<string, unknown>>) {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const issuer = `http://127.0.0.1:${address.port}`;
  const honest = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
  };
  server.on('request', (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...honest, ...more(issuer) }));
  });
  return issuer;
}

function openIdAt(issuer: string) {
  const { providers } = readEnvironment({
    OIDC_PROVIDERS: 'corp',
    OIDC_CORP_ISSUER: issuer,
    OIDC_CORP_CLIENT_ID: 'id',
    OIDC_CORP_CLIENT_SECRET: 'secret',
  });
  return openProviders(providers);
}

const departure = {
  redirectUri: 'http://localhost:3000/auth/corp/callback',
  ask: 'nothing',
} as const;

async function departFrom(issuer: string) {
  const provider = openIdAt(issuer).get('corp');
  if (!provider) throw new Error('not configured');
  return provider.depart(departure);
}

describe('an issuer’s metadata (G17, O9)', () => {
  test.each([
    ['another issuer', () => ({ issuer: 'https://attacker.example' })],
    ['its issuer spelled with a slash', (own: string) => ({ issuer: `${own}/` })],
  ])('is not believed with %s', async (_, more) => {
    const issuer = await issuerSaying(more);

    await expect(departFrom(issuer)).rejects.toMatchObject({ code: 'provider-mismatch' });
  });

  test.each([
    ['a sign-in page in clear', { authorization_endpoint: 'http://attacker.example/authorize' }],
    ['tokens in clear', { token_endpoint: 'http://attacker.example/token' }],
    ['keys in clear', { jwks_uri: 'http://attacker.example/jwks' }],
    ['userinfo in clear', { userinfo_endpoint: 'http://attacker.example/userinfo' }],
    ['revocation in clear', { revocation_endpoint: 'http://attacker.example/revoke' }],
    ['a sign-in page that is a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['a file for keys', { jwks_uri: 'file:///etc/passwd' }],
    ['credentials in an address', { token_endpoint: 'https://you@idp.example/token' }],
    ['no token endpoint', { token_endpoint: undefined }],
    ['no keys', { jwks_uri: undefined }],
    [
      'no way to prove a client that we know',
      { token_endpoint_auth_methods_supported: ['private_key_jwt'] },
    ],
  ])('is nonsense with %s', async (_, more) => {
    const issuer = await issuerSaying(() => more);

    await expect(departFrom(issuer)).rejects.toMatchObject({ code: 'provider-nonsense' });
  });

  test('that knows only plain challenges gets S256 all the same (G5)', async () => {
    const plain = () => ({ code_challenge_methods_supported: ['plain'] });
    const { url } = await departFrom(await issuerSaying(plain));

    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  });

  test('without any word of prompts is asked for a login, which every certified one knows', async () => {
    const issuer = await issuerSaying(() => ({}));
    const provider = openIdAt(issuer).get('corp');
    const departed = await provider?.depart({ ...departure, ask: 'account' });

    expect(departed?.url.searchParams.get('prompt')).toBe('login');
  });

  test('says where its sign-in page is, before the first page if looked for ahead', async () => {
    const issuer = await issuerSaying(() => ({
      authorization_endpoint: 'https://login.example/authorize',
    }));
    const { providers } = readEnvironment({
      OIDC_PROVIDERS: 'corp',
      OIDC_CORP_ISSUER: issuer,
      OIDC_CORP_CLIENT_ID: 'id',
      OIDC_CORP_CLIENT_SECRET: 'secret',
    });
    const ahead = openProviders(providers, { lookAhead: true }).get('corp');
    const behind = openProviders(providers).get('corp');

    await expect.poll(() => ahead?.origin).toBe('https://login.example');
    expect(behind?.origin).toBe(issuer);
  });
});

describe('an address that is called (G17)', () => {
  test.each([
    ['https://idp.example/x', false, true],
    ['https://idp.example/x', true, true],
    ['http://127.0.0.1:4000/x', true, true],
    ['http://localhost:4000/x', true, true],
    ['http://127.0.0.1:4000/x', false, false],
    ['http://idp.example/x', true, false],
    ['http://127.0.0.1.attacker.example/x', true, false],
    ['ftp://127.0.0.1/x', true, false],
    ['https://you@idp.example/x', true, false],
    ['nonsense', true, false],
  ])('%s, loopback allowed: %s → %s', (address, loopback, allowed) => {
    expect(isAllowed(address, loopback)).toBe(allowed);
  });
});
