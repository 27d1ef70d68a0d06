import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Deps } from '../../commands/deps.ts';
import { siteOwner } from '../../commands/ask-provider.ts';
import { providerFetch } from '../../commands/provider-fetch.ts';
import { suspendMethod } from '../../domain/account/suspend-method.ts';
import { execute } from '../../commands/execute.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { HOLD_MS, SITE } from '../../vault/vault-tokens.ts';
import { registered, startProcess } from '../support/installation.ts';
import { newStranger, tokenRequests } from '../support/provider-trips.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { connectTrip, ownPath, withApis } from '../support/token-trips.ts';

let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider();
});
afterAll(() => local.close());
let before = 0;
beforeEach(() => {
  before = tokenRequests(local).length;
});
/** How often tokens were renewed, or asked to be, in this test. */
const renewals = () =>
  tokenRequests(local)
    .slice(before)
    .filter(({ body }) => body.get('grant_type') !== 'authorization_code').length;

async function open(dir = temporaryDirectory(), clock = { now: new Date() }) {
  const opened = await startProcess({ dir, clock, env: withApis(local) });
  onTestFinished(opened.close);
  return { ...opened, dir };
}

/** Ann, connected to somebody there, in a process of her own. */
async function connected(role: RoleName, failure = '') {
  const opened = await open();
  const ann = await registered(opened.deps, 'ann');
  const stranger = newStranger();
  const owner = await connectTrip(opened.deps, ann, { role, stranger, failure });
  before = tokenRequests(local).length;
  const fetch = (deps: Deps = opened.deps) => providerFetch(deps, owner, ownPath[role]);
  return { ...opened, ann, stranger, owner, fetch };
}

const later = (clock: { now: Date }, ms: number) => {
  clock.now = new Date(clock.now.getTime() + ms);
};
const HOUR = 3_600_000;
const bodyOf = async (answer: Awaited<ReturnType<typeof providerFetch>>) => {
  if (!answer.ok) throw new Error(answer.why);
  return answer.value.text();
};

describe.each(roleNames)('O11: asking %s in somebody’s name', (role) => {
  test('answers what its API says, and renews nothing that is good', async () => {
    const { fetch, stranger } = await connected(role);

    expect(await bodyOf(await fetch())).toContain(stranger.subject);
    expect(renewals()).toBe(0);
  });

  test('is done again once with new tokens where the API does not accept the old', async () => {
    const { fetch, vault, owner } = await connected(role);
    // At Facebook a token that is over cannot be exchanged either.
    const dead = role === 'facebook';
    local.endAccess();

    expect(await fetch()).toMatchObject(dead ? { ok: false, why: 'reconnect' } : { ok: true });
    expect(renewals()).toBe(1);
    expect((await vault.tokens.get(owner))?.version).toBe(dead ? 1 : 2);
  });

  test('goes to its API and nowhere else', async () => {
    const { deps, owner } = await connected(role);
    const seen = local.seen.length;

    for (const path of ['//attacker.example/', '/../x', 'https://attacker.example/', '']) {
      expect(await providerFetch(deps, owner, path)).toMatchObject({ ok: false });
    }
    expect(local.seen).toHaveLength(seen);
  });
});

describe('tokens that are about to end', () => {
  test.each(['github', 'google', 'acme'] as const)(
    '%s: are renewed by one of many that ask at once, in two processes',
    async (role) => {
      const { fetch, deps, dir, clock, stranger } = await connected(role, 'short-lived');
      const other = await open(dir, clock);

      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => fetch(index % 2 ? other.deps : deps)),
      );

      for (const answer of answers) expect(await bodyOf(answer)).toContain(stranger.subject);
      expect(renewals()).toBe(1);
    },
  );

  test('that nobody renewed in time are renewed by one of many whom the API refuses', async () => {
    const { fetch, dir, deps, clock } = await connected('acme');
    const other = await open(dir, clock);
    local.endAccess();

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => fetch(index % 2 ? other.deps : deps)),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(12);
    expect(renewals()).toBe(1);
  });

  test('Facebook’s live for sixty days, and are exchanged two weeks before', async () => {
    const { fetch, clock, vault, owner } = await connected('facebook');
    const ends = (await vault.tokens.get(owner))?.expiresAt?.getTime() ?? 0;
    expect(ends - Date.now()).toBeGreaterThan(59 * 24 * HOUR);

    expect(await fetch()).toMatchObject({ ok: true });
    expect(renewals()).toBe(0);
    later(clock, 50 * 24 * HOUR);
    expect(await fetch()).toMatchObject({ ok: true });
    expect(renewals()).toBe(1);
  });

  test('that are not renewed have to be connected again, and are not asked for at every call', async () => {
    const { fetch, clock } = await connected('acme', 'refresh-refused');

    for (let call = 0; call < 4; call += 1) {
      expect(await fetch()).toEqual({ ok: false, why: 'reconnect' });
    }
    expect(renewals()).toBe(1);
    // Perhaps only our own secret was wrong there: one more try after a while.
    later(clock, 6 * 60_000);
    expect(await fetch()).toEqual({ ok: false, why: 'reconnect' });
    expect(renewals()).toBe(2);
  });

  test('F27: stay where the provider is down, for all who wait, and are renewed when it is back', async () => {
    const { fetch, vault, owner } = await connected('acme', 'short-lived');
    local.misbehaveNext('refresh', 'server-error');

    const answers = await Promise.all([fetch(), fetch(), fetch()]);

    expect(answers).toEqual(answers.map(() => ({ ok: false, why: 'provider-unreachable' })));
    expect(renewals()).toBe(1);
    expect(await fetch()).toMatchObject({ ok: true });
    expect((await vault.tokens.get(owner))?.version).toBe(2);
  });

  test('whose renewal a crash interrupted are renewed by the next, after the hold', async () => {
    const { fetch, vault, owner, clock } = await connected('acme', 'short-lived');
    expect(await vault.tokens.hold(owner, 1, clock.now)).toBe(true);
    expect(await vault.tokens.hold(owner, 1, clock.now)).toBe(false);

    later(clock, HOLD_MS + 1);

    expect(await fetch()).toMatchObject({ ok: true });
  });

  test('F22: a hold that a clock left far ahead holds nobody up', async () => {
    const { fetch, vault, owner, clock } = await connected('acme', 'short-lived');
    await vault.tokens.hold(owner, 1, new Date(clock.now.getTime() + 24 * HOUR));

    later(clock, 2_000);

    expect(await fetch()).toMatchObject({ ok: true });
  });
});

describe('nobody is asked', () => {
  test('in the name of somebody who disconnected', async () => {
    const { fetch, deps, ann, owner } = await connected('github');
    expect(await unlinkProvider(deps, ann, owner)).toMatchObject({ ok: true });

    expect(await fetch()).toEqual({ ok: false, why: 'reconnect' });
  });

  test('by a way in that is suspended (H13)', async () => {
    const { fetch, deps, owner } = await connected('github');
    await execute(deps, {
      accountId: owner.accountId,
      cause: { actor: 'provider', requestId: 'r', at: new Date() },
      decide: (account) => suspendMethod({ ...owner, reason: 'provider', at: '' }, account),
    });

    expect(await fetch()).toEqual({ ok: false, why: 'reconnect' });
  });

  test('for an account that has nothing there, or a provider that is not configured', async () => {
    const { deps, owner } = await connected('github');
    const none = { ok: false, why: 'reconnect' };

    expect(await providerFetch(deps, { ...owner, provider: 'google' }, '/x')).toEqual(none);
    expect(await providerFetch(deps, { ...owner, provider: 'corp' }, '/x')).toEqual(none);
    expect(await providerFetch(deps, { ...owner, accountId: 'nobody' }, '/x')).toEqual(none);
  });

  test('in the site’s name by an account, or in an account’s by the site', async () => {
    const { deps, vault, owner } = await connected('github');
    const kept = await vault.tokens.get(owner);
    const site = { site: true, provider: 'github' } as const;
    expect(await providerFetch(deps, site, '/user')).toEqual({ ok: false, why: 'reconnect' });
    if (!kept) throw new Error('nothing was kept');

    await vault.tokens.put({ ...siteOwner('github'), keyId: SITE }, kept);

    expect(await providerFetch(deps, site, '/user')).toMatchObject({ ok: true });
    const pretender = { accountId: SITE, provider: 'github' };
    expect(await providerFetch(deps, pretender, '/user')).toEqual({ ok: false, why: 'reconnect' });
  });
});
