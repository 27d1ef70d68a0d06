import { describe, expect, onTestFinished, test } from 'vitest';
import { changePassword } from '../../commands/change-password.ts';
import { changeProfile } from '../../commands/change-profile.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { finishDeletion } from '../../commands/finish-deletion.ts';
import { guard } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { accountHolding, livingOwner, signIn } from '../../commands/sign-in.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { stopAt } from '../../projections/read-model.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { asGuarded, asking, password, registered, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds, serverKinds, type LogKind } from '../support/test-logs.ts';

const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
const github = { provider: 'github', profile: { issuer: 'https://github.com', subject: '42' } };
const keyOfGithub = (deps: Deps) => deps.keyOf('identity', 'https://github.com\u000042');

/** Processes of one machine, on one log and one vault. */
async function processes(kind: LogKind) {
  const dir = temporaryDirectory();
  const start = async () => {
    const process = await startOn(kind, { dir, env });
    onTestFinished(process.close);
    return process;
  };
  return [await start(), await start()] as const;
}

const signedInAs = async (deps: Deps, identifier: string) => {
  const answer = await signIn(deps, { ...asking, identifier, password });
  if (!answer.ok) throw new Error(`${identifier} cannot sign in`);
  return answer.issued.token;
};

describe.each(serverKinds)('lookups that stand still, on %s', (kind) => {
  test('H2 let nobody in by a name or an identity that moved on, and keep nobody out', async () => {
    const [here, there] = await processes(kind);
    const { deps } = here;
    const ann = await registered(deps, 'ann');
    const bob = await registered(deps, 'bob');
    await linkProvider(deps, ann, github);
    await here.level();
    const { position } = deps.lookups.state();
    await here.rebuilding.writer.write((db) => stopAt(db, position, 'poison-event'));

    const freed = { provider: 'github', identityId: keyOfGithub(deps) };
    const unlinked = await unlinkProvider(there.deps, ann, freed);
    if (!unlinked.ok || !unlinked.issued) throw new Error('not unlinked');
    const annAgain = await asGuarded(there.deps, unlinked.issued.token);
    const profile = { username: 'anna', name: 'Ann', email: 'ann@example.org' };
    expect(await changeProfile(there.deps, annAgain, profile)).toMatchObject({ ok: true });

    const claim = { kind: 'identity', key: keyOfGithub(deps) } as const;
    expect(deps.lookups.accountByKey('identity', claim.key)).toBe(ann.session.accountId);
    const nobody = await accountHolding(deps, claim);
    expect(nobody && livingOwner(nobody, claim)).toBeUndefined();
    const old = await signIn(deps, { ...asking, identifier: 'ann', password });
    expect(old).toEqual({ ok: false, why: 'wrong-proof' });

    expect(await linkProvider(there.deps, bob, github)).toMatchObject({ ok: true });
    const holder = await accountHolding(deps, claim);
    expect(holder && livingOwner(holder, claim)).toBeDefined();
    expect(holder?.accountId).toBe(bob.session.accountId);
    for (const { deps: at } of [here, there]) {
      expect(await signIn(at, { ...asking, identifier: 'anna', password })).toMatchObject({
        ok: true,
        accountId: ann.session.accountId,
      });
    }
    expect(deps.lookups.state().position).toBe(position);
  });
});

describe.each(logKinds)('a session, on %s', (kind) => {
  test.each([
    [
      'whose account is closing',
      async (deps: Deps, token: string) =>
        void (await deleteAccount(deps, await asGuarded(deps, token))),
    ],
    [
      'whose account is deleted',
      async (deps: Deps, token: string) => {
        await deleteAccount(deps, await asGuarded(deps, token));
        const closing = await asGuarded(deps, await signedInAs(deps, 'ann'));
        expect(await finishDeletion(deps, closing)).toMatchObject({ ok: true });
      },
    ],
    [
      'whose password was changed',
      async (deps: Deps, token: string) => {
        const next = { current: password, next: 'quiet marble lantern' };
        await changePassword(deps, await asGuarded(deps, token), next);
      },
    ],
    [
      'whose way in was removed',
      async (deps: Deps, token: string) => {
        const gone = { provider: 'github', identityId: keyOfGithub(deps) };
        await unlinkProvider(deps, await asGuarded(deps, token), gone);
      },
    ],
  ])('I8 H3 %s in one process opens nothing in another', async (_what, end) => {
    const [here, there] = await processes(kind);
    await linkProvider(here.deps, await registered(here.deps, 'ann'), github);
    const [acting, left] = [
      await signedInAs(there.deps, 'ann'),
      await signedInAs(here.deps, 'ann'),
    ];
    expect(await guard(here.deps, left)).toBeDefined();

    await end(there.deps, acting);

    for (const { deps } of [here, there]) {
      for (const token of [acting, left]) expect(await guard(deps, token)).toBeUndefined();
    }
    expect(await brokenInvariants(here)).toEqual([]);
  });
});
