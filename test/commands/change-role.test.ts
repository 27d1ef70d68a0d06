import { describe, expect, test } from 'vitest';
import { changeRole } from '../../commands/change-role.ts';
import { guard } from '../../commands/guard.ts';
import { signIn } from '../../commands/sign-in.ts';
import { asking, password, registered, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

describe.each(logKinds)('on %s', (kind) => {
  const open = () => startOn(kind, { dir: temporaryDirectory() });

  test('a role is given and taken by an operator, and the history says by whom', async () => {
    const { deps, close } = await open();
    const { session } = await registered(deps, 'ann');
    const { accountId } = session;
    const wish = { accountId, role: 'auditor' } as const;

    const given = await changeRole(deps, { ...wish, change: 'grant', by: 'Grace' });
    const twice = await changeRole(deps, { ...wish, change: 'grant' });
    const taken = await changeRole(deps, { ...wish, change: 'revoke' });
    const never = await changeRole(deps, { ...wish, change: 'revoke' });

    expect(given).toMatchObject({ ok: true, revision: 1 });
    expect(twice).toMatchObject({ ok: false, refusals: [{ code: 'role-already-granted' }] });
    expect(taken).toMatchObject({ ok: true, revision: 2 });
    expect(never).toMatchObject({ ok: false, refusals: [{ code: 'role-not-granted' }] });
    const history = await deps.accounts.history(accountId);
    expect(history.map(({ event, recorded }) => [event.type, recorded.metadata.actor])).toEqual([
      ['UserRegistered', 'self'],
      ['RoleGranted', 'operator'],
      ['RoleRevoked', 'operator'],
    ]);
    expect(history[1]?.event.personal).toEqual({ by: 'Grace' });
    expect(JSON.stringify(history[1]?.recorded.data)).not.toContain('Grace');
    await close();
  });

  test('a role ends no session', async () => {
    const { deps, close } = await open();
    const { session } = await registered(deps, 'ann');
    const answer = await signIn(deps, { ...asking, identifier: 'ann', password });
    if (!answer.ok) throw new Error('not signed in');

    const { accountId } = session;
    await changeRole(deps, { accountId, change: 'grant', role: 'auditor' });

    expect((await guard(deps, answer.issued.token))?.account.roles).toEqual(['auditor']);
    await close();
  });

  test('two operators at once: one gives it, the other hears that it was given', async () => {
    const { deps, close } = await open();
    const { session } = await registered(deps, 'ann');
    const wish = { accountId: session.accountId, change: 'grant', role: 'auditor' } as const;

    const answers = await Promise.all([changeRole(deps, wish), changeRole(deps, wish)]);

    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    await close();
  });
});
