import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deleteAccount } from '../../commands/delete-account.ts';
import { execute } from '../../commands/execute.ts';
import { endAccount } from '../../commands/finish-deletion.ts';
import { revokeGrants } from '../../commands/revoke-grants.ts';
import { sweepVault } from '../../commands/sweep-vault.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import type { Cause } from '../../commands/write-stream.ts';
import { finishDeletion as finishRule } from '../../domain/account/finish-deletion.ts';
import { unlinkProvider as unlinkRule } from '../../domain/account/unlink-provider.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { HOLD_MS } from '../../vault/vault-tokens.ts';
import { registered, startProcess, type TestProcess } from '../support/installation.ts';
import { newStranger } from '../support/provider-trips.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { connectTrip, withApis } from '../support/token-trips.ts';

let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider();
});
afterAll(() => local.close());

const cause: Cause = { actor: 'system', requestId: 'r', at: new Date() };
const noApis = () => ({
  ...withApis(local),
  ...{ GITHUB_API_SCOPES: '', GOOGLE_API_SCOPES: '', FACEBOOK_API_SCOPES: '' },
  OIDC_ACME_SCOPE: '',
});

async function connected(role: RoleName, { failure = '', env = withApis(local) } = {}) {
  const dir = temporaryDirectory();
  const opened = await startProcess({ dir, env });
  onTestFinished(opened.close);
  const ann = await registered(opened.deps, 'ann');
  const owner = await connectTrip(opened.deps, ann, { role, stranger: newStranger(), failure });
  return { ...opened, dir, ann, owner };
}
type Connected = Awaited<ReturnType<typeof connected>>;

/** What stands in the account's history about consents, oldest first. */
async function outcomes({ deps, ann }: Pick<Connected, 'deps' | 'ann'>) {
  const history = await deps.accounts.history(ann.session.accountId);
  return history.flatMap(({ event }) => (event.type === 'GrantRevoked' ? [event.outcome] : []));
}

/** As a crash leaves it: the identity is disconnected, and nobody was asked anything. */
const unlinkAlone = ({ deps, owner }: Pick<Connected, 'deps' | 'owner'>) =>
  execute(deps, {
    accountId: owner.accountId,
    cause,
    decide: (account) =>
      unlinkRule(
        { ...owner, reason: 'asked', at: '', configured: deps.policy.configured },
        account,
      ),
  });

const revocations = () =>
  local.seen.filter(({ method, path }) => method === 'DELETE' || path.endsWith('/revoke')).length;

describe('after a disconnect the consent is taken back', () => {
  test.each(roleNames)('%s: and that stands in the history, and no token is left', async (role) => {
    const opened = await connected(role);
    const before = revocations();

    expect(await unlinkProvider(opened.deps, opened.ann, opened.owner)).toMatchObject({ ok: true });

    await expect.poll(() => outcomes(opened), { timeout: 10_000 }).toEqual(['revoked']);
    expect(revocations()).toBe(before + 1);
    await expect.poll(() => opened.vault.tokens.get(opened.owner)).toBeUndefined();
  });

  test.each(['github', 'google', 'acme'] as const)(
    '%s: unsupported, where nothing is kept that it could be asked with',
    async (role) => {
      const opened = await connected(role, { env: noApis() });
      await unlinkProvider(opened.deps, opened.ann, opened.owner);

      await expect.poll(() => outcomes(opened)).toEqual(['unsupported']);
    },
  );

  test('facebook: without a token too, in the app’s own name', async () => {
    const opened = await connected('facebook', { env: noApis() });
    await unlinkProvider(opened.deps, opened.ann, opened.owner);

    await expect.poll(() => outcomes(opened)).toEqual(['revoked']);
  });

  test.each(['github', 'facebook'] as const)('%s: failed, where it says no', async (role) => {
    const opened = await connected(role, { failure: 'revoke-refused' });
    await unlinkProvider(opened.deps, opened.ann, opened.owner);

    await expect.poll(() => outcomes(opened)).toEqual(['failed']);
    await expect.poll(() => opened.vault.tokens.get(opened.owner)).toBeUndefined();
  });

  test('tokens that came meanwhile, with a new consent, are left where they are', async () => {
    const opened = await connected('github');
    const { deps, owner } = opened;
    const fresh = { accessToken: 'new', refreshToken: null, expiresAt: null, scopes: [] };
    const { account } = await deps.accounts.load(owner.accountId);
    if (account.status !== 'active') throw new Error('ann is gone');
    const put = () => deps.vault.tokens.put({ ...owner, keyId: account.keyId }, fresh);
    const github = deps.providers.get('github');
    if (!github) throw new Error('GitHub is not configured');
    await unlinkAlone(opened);
    const slow = Object.create(github, {
      revoke: { value: () => put().then(() => 'revoked') },
    }) as typeof github;

    await revokeGrants({ ...deps, providers: new Map([['github', slow]]) }, owner.accountId, cause);

    expect(await outcomes(opened)).toEqual(['revoked']);
    expect(await deps.vault.tokens.get(owner)).toMatchObject({ accessToken: 'new' });
  });

  test.each(roleNames)('%s: failed, where it does not answer in time (F27)', async (role) => {
    const opened = await connected(role);
    local.misbehaveNext('revocation', 'hanging');

    await unlinkProvider(opened.deps, opened.ann, opened.owner);

    await expect.poll(() => outcomes(opened), { timeout: 20_000 }).toEqual(['failed']);
  });

  test('failed, where tokens are kept and nobody is configured any more who could use them', async () => {
    const opened = await connected('github');
    const deps = { ...opened.deps, providers: new Map() };
    await unlinkAlone(opened);

    await revokeGrants(deps, opened.owner.accountId, cause);

    expect(await outcomes(opened)).toEqual(['failed']);
  });
});

describe('F2: a crash before the provider was asked', () => {
  test('is made good by the sweep', async () => {
    const opened = await connected('acme');
    await unlinkAlone(opened);

    await sweepVault(opened.deps, 'sweep');

    expect(await outcomes(opened)).toEqual(['revoked']);
    expect(await opened.vault.tokens.get(opened.owner)).toBeUndefined();
  });

  test('leaves no token of an identity whose consent was settled already', async () => {
    const opened = await connected('github');
    const kept = await opened.vault.tokens.get(opened.owner);
    await unlinkAlone(opened);
    await revokeGrants(opened.deps, opened.owner.accountId, cause);
    const { account } = opened.ann;
    if (!kept) throw new Error('nothing was kept');
    await opened.vault.tokens.put({ ...opened.owner, keyId: account.keyId }, kept);

    expect(await sweepVault(opened.deps, 'sweep')).toBe(1);

    expect(await opened.vault.tokens.get(opened.owner)).toBeUndefined();
    expect(await outcomes(opened)).toEqual(['revoked']);
  });

  test('keeps the tokens of what is connected', async () => {
    const opened = await connected('github');

    expect(await sweepVault(opened.deps, 'sweep')).toBe(0);

    expect(await opened.vault.tokens.get(opened.owner)).toBeDefined();
  });

  test('in the middle of it leaves the rest to the next, after the hold', async () => {
    const opened = await connected('acme');
    await unlinkAlone(opened);
    await opened.vault.tokens.hold(opened.owner, 1, opened.clock.now);
    const { accountId } = opened.owner;
    await revokeGrants(opened.deps, accountId, cause);
    expect(await outcomes(opened)).toEqual([]);

    opened.clock.now = new Date(opened.clock.now.getTime() + HOLD_MS + 1);
    await revokeGrants(opened.deps, accountId, cause);

    expect(await outcomes(opened)).toEqual(['revoked']);
  });
});

describe('at the end of an account', () => {
  async function ended(opened: Connected) {
    const asked = await deleteAccount(opened.deps, opened.ann);
    if (!asked.ok) throw new Error('not asked');
    const { accountId } = opened.owner;
    const outcome = await execute(opened.deps, {
      accountId,
      cause,
      decide: (account) => finishRule({ at: cause.at.toISOString(), why: 'asked' }, account),
    });
    if (!outcome.ok) throw new Error('not ended');
  }

  test.each(roleNames)('%s: every consent is taken back, after the last event', async (role) => {
    const opened = await connected(role);
    await ended(opened);

    await revokeGrants(opened.deps, opened.owner.accountId, cause);

    expect(await outcomes(opened)).toEqual(['revoked']);
  });

  test('is waited for while somebody renews the tokens, since they go next', async () => {
    const opened = await connected('acme');
    await ended(opened);
    await opened.vault.tokens.hold(opened.owner, 1, opened.clock.now);
    setTimeout(() => void opened.vault.tokens.release(opened.owner, 1, null), 500);

    await revokeGrants(opened.deps, opened.owner.accountId, cause);

    expect(await outcomes(opened)).toEqual(['revoked']);
  });

  test('has failed, and says so, where the tokens stay with somebody else', async () => {
    const opened = await connected('acme');
    await ended(opened);
    await opened.vault.tokens.hold(opened.owner, 1, opened.clock.now);
    const before = revocations();

    await revokeGrants(opened.deps, opened.owner.accountId, cause);

    expect(await outcomes(opened)).toEqual(['failed']);
    expect(revocations()).toBe(before);
  });

  test('many at once ask each provider once and write it down once', async () => {
    const opened = await connected('acme');
    const second: TestProcess = await startProcess({ dir: opened.dir, env: withApis(local) });
    onTestFinished(second.close);
    await ended(opened);
    const before = revocations();

    const { accountId } = opened.owner;
    await Promise.all(
      [opened.deps, second.deps, opened.deps, second.deps].map((deps) =>
        revokeGrants(deps, accountId, cause),
      ),
    );

    expect(await outcomes(opened)).toEqual(['revoked']);
    expect(revocations()).toBe(before + 1);
  });

  test('what is erased already cannot be asked for any more, and stops nobody', async () => {
    const opened = await connected('github');
    const asked = await deleteAccount(opened.deps, opened.ann);
    expect(asked).toMatchObject({ ok: true });
    await endAccount(opened.deps, { accountId: opened.owner.accountId, cause, why: 'asked' });

    await revokeGrants(opened.deps, opened.owner.accountId, cause);
  });

  test('a log that is away is reported, and thrown at nobody', async () => {
    const opened = await connected('github');
    const broken = { ...opened.deps, accounts: { load: () => Promise.reject(new Error('away')) } };

    await revokeGrants({ ...opened.deps, ...(broken as object) }, opened.owner.accountId, cause);

    expect(opened.reports).toMatchObject([{ what: 'revoking-grants' }]);
  });
});
