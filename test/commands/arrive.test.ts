import { describe, expect, test } from 'vitest';
import { arrive } from '../../commands/arrive.ts';
import type { Deps } from '../../commands/deps.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import type { Returned } from '../../commands/return-from-provider.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { writeAt } from '../../commands/write-stream.ts';
import { asking, asGuarded, registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
const profile = { issuer: 'https://github.com', subject: '42' };
const github = { provider: 'github', profile } as const;

/** Somebody who just proved the identity at the provider, and wants to go on with it. */
const returned: Returned = {
  ok: true,
  handshake: {
    browser: 'a browser',
    sessionId: null,
    accountId: null,
    provider: 'github',
    issuer: profile.issuer,
    redirectUri: 'http://localhost:3000/auth/github/callback',
    intent: 'continue',
    identityId: null,
    kept: '',
    redirectTo: '/',
    startedAt: new Date(),
  },
  proved: { profile, provedEmail: null, provedAt: null, tokens: null },
};
const goOn = (deps: Deps) => arrive(deps, returned, { ...asking, signedIn: undefined });

/** An event that no projection knows: the lookups stop there and say for ever what they said. */
async function stopLookups({ deps, accountId }: { deps: Deps; accountId: string }): Promise<void> {
  const { head } = await deps.accounts.load(accountId);
  const cause = { actor: 'system', requestId: 'other', at: new Date() } as const;
  const drafts = [{ type: 'AccountTeleported', v: 1, data: () => ({}) }];
  await deps.store.append([writeAt(head, deps.newId(), { cause, drafts })]);
}

describe('H2: an identity whose lookup stands still', () => {
  test('and was taken away signs nobody in; connected elsewhere it opens that account alone', async () => {
    const { deps, close } = await startProcess({ dir: temporaryDirectory(), env });
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, github);
    expect(await goOn(deps)).toMatchObject({ to: 'signed-in', accountId: ann.session.accountId });
    await stopLookups({ deps, accountId: (await registered(deps, 'bob')).session.accountId });

    const identityId = deps.keyOf('identity', `${profile.issuer}\u0000${profile.subject}`);
    await unlinkProvider(deps, ann, { provider: 'github', identityId });
    const afterwards = await goOn(deps);
    const dan = await registered(deps, 'dan');
    await linkProvider(deps, dan, github);
    const elsewhere = await goOn(deps);

    expect(deps.lookups.accountByKey('identity', identityId)).toBe(ann.session.accountId);
    expect(afterwards).toMatchObject({ to: 'confirm' });
    expect(elsewhere).toMatchObject({ to: 'signed-in', accountId: dan.session.accountId });
    await close();
  });

  test('a session that was proved before the way in went is over', async () => {
    const { deps, close } = await startProcess({ dir: temporaryDirectory(), env });
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, github);
    const thief = await goOn(deps);
    if (thief.to !== 'signed-in') throw new Error('the way in is good');
    await asGuarded(deps, thief.issued.token);

    const { identityId } = await identityOf(deps, ann.session.accountId);
    await unlinkProvider(deps, ann, { provider: 'github', identityId });

    await expect(asGuarded(deps, thief.issued.token)).rejects.toThrow('not alive');
    await close();
  });
});

async function identityOf(deps: Deps, accountId: string) {
  const { account } = await deps.accounts.load(accountId);
  const methods = 'methods' in account ? account.methods : [];
  const identity = methods.find((method) => method.kind === 'identity');
  if (identity?.kind !== 'identity') throw new Error('none is connected');
  return identity;
}

test('a sign-in by an identity is told in the activity from the moment it is answered', async () => {
  const { deps, vault, close } = await startProcess({ dir: temporaryDirectory(), env });
  const ann = await registered(deps, 'ann');
  await linkProvider(deps, ann, github);

  expect(await goOn(deps)).toMatchObject({ to: 'signed-in' });

  const told = await vault.activity.list(ann.session.accountId, 10);
  expect(told).toMatchObject([{ kind: 'signed-in', method: { provider: 'github' } }]);
  await close();
});
