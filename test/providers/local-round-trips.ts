import { afterAll, beforeAll } from 'vitest';
import {
  startLocalProvider,
  type LocalProvider,
  type Seen,
} from '../../dev/local-provider/start-local-provider.ts';
import type { RoleName } from '../../dev/local-provider/roles.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { Limits } from '../../providers/calls.ts';
import { openProviders } from '../../providers/open-providers.ts';
import type { Departure, Proved, Provider, ProviderFault } from '../../providers/provider.ts';

export const APP = 'http://localhost:3000';
export const redirectUriOf = (name: string): string => `${APP}/auth/${name}/callback`;

export type Form = Readonly<Record<string, string>>;
type Variables = Readonly<Record<string, string>>;

/** One side of a round trip and the other, over HTTP. */
export interface RoundTrips {
  readonly local: () => LocalProvider;
  /** A provider as the environment configures it; `more` adds variables. */
  provider(role: RoleName, more?: Variables, limits?: Partial<Limits>): Provider;
  /** Leaves, fills in the local provider's page, and brings the code home. */
  signIn(provider: Provider, form?: Form, ask?: Departure['ask']): Promise<Proved>;
  /** The fault that signing in ends with. Throws where it does not. */
  fault(provider: Provider, form: Form): Promise<ProviderFault>;
  /** What the local provider was asked at an address, oldest first. */
  asked(path: string): readonly Seen[];
}

/** Starts a local provider for the tests of a file, and ends it after them. */
export function localRoundTrips(): RoundTrips {
  let running: LocalProvider | undefined;
  beforeAll(async () => {
    running = await startLocalProvider({ appOrigins: [APP] });
  });
  afterAll(() => running?.close());
  const local = () => {
    if (!running) throw new Error('the local provider is not running');
    return running;
  };
  return {
    local,
    provider: (role, more = {}, limits = {}) => {
      const config = readEnvironment({ ...local().environment[role], ...more }).providers;
      const [provider] = openProviders(config, { limits }).values();
      if (!provider) throw new Error(`${role} is not configured`);
      return provider;
    },
    signIn: (provider, form = {}, ask = 'nothing') => signIn(provider, form, ask),
    fault: async (provider, form) => {
      const proved = await signIn(provider, form, 'nothing').catch((error: unknown) => error);
      if (proved instanceof Error) return proved as ProviderFault;
      throw new Error('it signed in');
    },
    asked: (path) => local().seen.filter((seen) => seen.path === path),
  };
}

async function signIn(provider: Provider, form: Form, ask: Departure['ask']): Promise<Proved> {
  const redirectUri = redirectUriOf(provider.name);
  const { url, state, kept } = await provider.depart({ redirectUri, ask });
  const { searchParams: back } = await answerPage(url, form);
  const [code, iss] = [back.get('code') ?? '', back.get('iss')];
  return provider.arrive({ redirectUri, state, code, iss, kept });
}

/** Fills in the page that somebody was sent to; answers where it sends them back. */
export async function answerPage(url: URL, form: Form): Promise<URL> {
  const body = new URLSearchParams({ person: 'ada', ...form });
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null)
    throw new Error(`The page answered ${answer.status}: ${await answer.text()}`);
  return new URL(location);
}
