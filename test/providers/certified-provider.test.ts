import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';
import { openProviders } from '../../providers/open-providers.ts';
import type { Departure, Provider } from '../../providers/provider.ts';
import { startCertifiedProvider, type CertifiedProvider } from '../support/certified-provider.ts';
import { formsIn } from '../support/html-forms.ts';

const REDIRECT = 'http://localhost:3000/auth/corp/callback';

let running: CertifiedProvider;
let inBody: CertifiedProvider;
beforeAll(async () => {
  // It says at its start that it is set up for development, which it is.
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  running = await startCertifiedProvider({ redirectUris: [REDIRECT] });
  inBody = await startCertifiedProvider({
    redirectUris: [REDIRECT],
    authMethod: 'client_secret_post',
  });
  warned.mockRestore();
});
beforeEach(() => {
  const told = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  return () => told.mockRestore();
});
afterAll(() => Promise.all([running.close(), inBody.close()]));

function corp(at: CertifiedProvider, more: Readonly<Record<string, string>> = {}): Provider {
  const config = readEnvironment({ ...at.environment, ...more }).providers;
  const provider = openProviders(config).get('corp');
  if (!provider) throw new Error('not configured');
  return provider;
}

/** A browser at the certified provider's own pages: signs in, consents, and ends where it is sent back. */
async function signInThere(url: URL, login: string, jar = new Map<string, string>()): Promise<URL> {
  let next: [URL, URLSearchParams?] = [url];
  for (let step = 0; step < 12; step += 1) {
    const [address, body] = next;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie },
      ...(body ? { method: 'POST', body } : {}),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      const to = new URL(location, address);
      if (to.href.startsWith(REDIRECT)) return to;
      next = [to];
    } else {
      const [form] = formsIn(await answer.text());
      if (!form) throw new Error(`no form at ${address.href}: ${answer.status}`);
      const fields = {
        ...form.fields,
        ...('login' in form.fields ? { login, password: 'x' } : {}),
      };
      next = [new URL(form.action ?? '', address), new URLSearchParams(fields)];
    }
  }
  throw new Error('it never came back');
}

async function arriveAs(
  provider: Provider,
  login: string,
  { ask = 'nothing', jar }: { ask?: Departure['ask']; jar?: Map<string, string> } = {},
) {
  const { url, state, kept } = await provider.depart({ redirectUri: REDIRECT, ask });
  const { searchParams: back } = await signInThere(url, login, jar);
  const arrival = { redirectUri: REDIRECT, state, code: back.get('code') ?? '', kept };
  return { provider, arrival: { ...arrival, iss: back.get('iss') } };
}

describe('a certified provider nobody here wrote', () => {
  test.each([
    ['Basic', () => running],
    ['the body', () => inBody],
  ])(
    'lets somebody in, the client proved by %s with a secret full of + and %% (G16)',
    async (_, at) => {
      const { provider, arrival } = await arriveAs(corp(at()), 'vera');

      expect(arrival.iss).toBe(at().issuer);
      expect(await provider.arrive(arrival)).toEqual({
        profile: {
          issuer: at().issuer,
          subject: 'vera',
          handle: 'vera',
          name: 'Somebody called vera',
          email: 'vera@example.com',
          emailVerified: true,
        },
        provedEmail: 'vera@example.com',
        provedAt: null,
        tokens: null,
      });
    },
  );

  test('redeems a code once, and only with its own verifier (G5)', async () => {
    const { provider, arrival } = await arriveAs(corp(running), 'vera');
    const other = await provider.depart({ redirectUri: REDIRECT, ask: 'nothing' });
    const swapped = { ...arrival, state: other.state, kept: other.kept };

    await expect(provider.arrive(swapped)).rejects.toMatchObject({ code: 'provider-rejected' });
    expect((await provider.arrive(arrival)).profile.subject).toBe('vera');
    await expect(provider.arrive(arrival)).rejects.toMatchObject({ code: 'provider-rejected' });
  });

  test('says when somebody proved themselves where that was asked for', async () => {
    const jar = new Map<string, string>();
    await arriveAs(corp(running), 'vera', { jar });
    const { provider, arrival } = await arriveAs(corp(running), 'vera', { ask: 'proof', jar });
    const { provedAt } = await provider.arrive(arrival);

    expect(Math.abs(Date.now() - (provedAt?.getTime() ?? 0))).toBeLessThan(20_000);
  });

  test('asks who it is, though somebody is signed in there, where the picker was asked for (H20)', async () => {
    const jar = new Map<string, string>();
    await arriveAs(corp(running), 'vera', { jar });
    const silent = await arriveAs(corp(running), 'other', { jar });
    expect((await silent.provider.arrive(silent.arrival)).profile.subject).toBe('vera');

    const asked = await arriveAs(corp(running), 'other', { ask: 'account', jar });
    expect((await asked.provider.arrive(asked.arrival)).profile.subject).toBe('other');
  });

  test('is refused in another issuer’s name, and without its own (G6)', async () => {
    const { provider, arrival } = await arriveAs(corp(running), 'vera');

    for (const iss of ['https://attacker.example', `${running.issuer}/`, null]) {
      const arriving = provider.arrive({ ...arrival, iss });
      await expect(arriving).rejects.toMatchObject({ code: 'provider-mismatch' });
    }
    expect((await provider.arrive(arrival)).profile.subject).toBe('vera');
  });

  test('gives tokens where an API is configured, renews them, and takes the grant back', async () => {
    const scope = { OIDC_CORP_SCOPE: 'openid email profile offline_access' };
    const { provider, arrival } = await arriveAs(corp(running, scope), 'vera');
    const { tokens } = await provider.arrive(arrival);
    if (!tokens) throw new Error('no tokens');
    const renewed = await provider.refresh(tokens);
    const me = await provider.fetch(renewed, '/me');

    expect(tokens.scopes).toContain('offline_access');
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect(await me.json()).toMatchObject({ sub: 'vera' });
    expect(await provider.revoke(renewed)).toBe('revoked');
    expect((await provider.fetch(renewed, '/me')).status).toBe(401);
    await expect(provider.refresh(renewed)).rejects.toMatchObject({ code: 'provider-rejected' });
  });
});
