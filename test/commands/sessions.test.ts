import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import type { Asking } from '../../commands/asking.ts';
import { changePassword } from '../../commands/change-password.ts';
import { changeProfile } from '../../commands/change-profile.ts';
import { endOtherSessions, endSession, signOut } from '../../commands/end-sessions.ts';
import type { Deps } from '../../commands/deps.ts';
import { freshlyProved, guard, type Guarded } from '../../commands/guard.ts';
import { revisionOf } from '../../commands/load-account.ts';
import { makeRecoveryLink } from '../../commands/make-recovery-link.ts';
import { reauthenticate } from '../../commands/reauthenticate.ts';
import { recoverPassword } from '../../commands/recover-password.ts';
import { signIn } from '../../commands/sign-in.ts';
import type { TestProcess } from '../support/installation.ts';
import { asGuarded, asking, password, registered, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

type Asker = Asking & Guarded;

const next = 'amber harbour candle';

async function signedIn({ deps }: Pick<TestProcess, 'deps'>, secret = password) {
  const answer = await signIn(deps, { ...asking, identifier: 'ann', password: secret });
  if (!answer.ok) throw new Error('not signed in');
  return answer.issued.token;
}

describe.each(logKinds)('on %s', (kind) => {
  const open = () => startOn(kind, { dir: temporaryDirectory() });

  describe('H3 a session that was ended', () => {
    test.each([
      ['signed out', (deps: Deps, ann: Asker) => signOut(deps, ann)],
      [
        'ended from elsewhere',
        (deps: Deps, ann: Asker) => endSession(deps, ann, ann.session.sessionId),
      ],
    ])('and %s lets none of its waiting commands through', async (_how, end) => {
      const { deps, close } = await open();
      const ann = await registered(deps, 'ann');
      const form = { username: 'ann', email: '' };
      const waiting = Array.from({ length: 30 }, (_, place) =>
        changeProfile(deps, ann, { ...form, name: `Thief ${place}` }),
      );

      await end(deps, ann);
      const before = await deps.accounts.load(ann.session.accountId);
      const answers = await Promise.all(waiting);

      expect(answers.at(-1)).toMatchObject({ ok: false, refusals: [{ code: 'session-ended' }] });
      const after = await deps.accounts.load(ann.session.accountId);
      // The one that was being appended at that moment may be in; nothing that was still to be decided.
      expect(revisionOf(after) - revisionOf(before)).toBeLessThanOrEqual(1);
      await close();
    });
  });

  describe('H3 a changed password', () => {
    test('ends every other session, and the acting one goes on under a new token', async () => {
      const process = await open();
      const { deps, close } = process;
      await registered(deps, 'ann');
      const [mine, other] = [await signedIn(process), await signedIn(process)];
      const ann = await asGuarded(deps, mine);
      const answer = await changePassword(deps, ann, { current: password, next });
      expect(await guard(deps, other)).toBeUndefined();
      expect(await guard(deps, mine)).toBeUndefined();
      if (!answer.ok || !answer.issued) throw new Error('not changed');
      const { session } = await asGuarded(deps, answer.issued.token);
      expect(session.sessionId).toBe(ann.session.sessionId);
      await close();
    });

    test('proves presence: the password it asked for counts as re-authentication', async () => {
      const { deps, clock, close } = await open();
      const ann = await registered(deps, 'ann');
      clock.now = new Date(clock.now.getTime() + 10 * 60_000);
      const answer = await changePassword(deps, ann, { current: password, next });
      if (!answer.ok || !answer.issued) throw new Error('not changed');
      const { session } = await asGuarded(deps, answer.issued.token);
      expect(freshlyProved(ann.session, clock.now)).toBe(false);
      expect(freshlyProved(session, clock.now)).toBe(true);
      await close();
    });

    test('wins against a sign-in that had already read the account and checked the old password', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const verify = deps.passwords.verify.bind(deps.passwords);
      // The attacker's proof is checked, then the change lands, then the session is stored.
      const racing = {
        ...deps,
        passwords: {
          ...deps.passwords,
          verify: async (...asked: Parameters<typeof verify>) => {
            const answer = await verify(...asked);
            await changePassword(deps, ann, { current: password, next });
            return answer;
          },
        },
      };
      const answer = await signIn(racing, { ...asking, identifier: 'ann', password });
      if (!answer.ok) throw new Error('the old password was right when it was checked');
      expect(await guard(deps, answer.issued.token)).toBeUndefined();
      await close();
    });

    test('ends sessions by the event itself: a crash before their rows go leaves none alive', async () => {
      const process = await open();
      const { deps, close } = process;
      await registered(deps, 'ann');
      const [mine, other] = [await signedIn(process), await signedIn(process)];
      const ann = await asGuarded(deps, mine);
      const died = new Error('the process died');
      vi.spyOn(deps.vault.sessions, 'reissueAlone').mockRejectedValueOnce(died);
      await expect(changePassword(deps, ann, { current: password, next })).rejects.toBe(died);
      expect(await guard(deps, mine)).toBeUndefined();
      expect(await guard(deps, other)).toBeUndefined();
      await close();
    });

    test('stops a command of a session that it ended, however the command got this far', async () => {
      const process = await open();
      const { deps, close } = process;
      await registered(deps, 'ann');
      const stolen = await asGuarded(deps, await signedIn(process));
      const ann = await asGuarded(deps, await signedIn(process));
      await changePassword(deps, ann, { current: password, next });
      const form = { username: 'mallory', name: 'M', email: 'mallory@example.org' };
      expect(await changeProfile(deps, stolen, form)).toMatchObject({
        refusals: [{ code: 'session-ended' }],
      });
      expect(await changePassword(deps, stolen, { current: password, next })).toMatchObject({
        ok: false,
      });
      await close();
    });
  });

  describe('a recovery link', () => {
    test('sets a password once, ends every session and opens one', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const old = await signedIn(process);
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      const answer = await recoverPassword(deps, asking, { token: link.token, password: next });
      if (!answer.ok) throw new Error('not recovered');
      expect(await guard(deps, old)).toBeUndefined();
      expect(await guard(deps, answer.issued.token)).toBeDefined();
      const again = await recoverPassword(deps, asking, { token: link.token, password });
      expect(again).toEqual({ ok: false, why: 'link-gone' });
      await expect(signedIn(process, next)).resolves.toBeTypeOf('string');
      await close();
    });

    test('used twice at once sets one password', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      const answers = await Promise.all(
        [next, password].map((chosen) =>
          recoverPassword(deps, asking, { token: link.token, password: chosen }),
        ),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      await close();
    });

    test('CVE-2022-39263 counts only for the account it was made for', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const bob = await registered(deps, 'bob');
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      const answer = await recoverPassword(deps, asking, { token: link.token, password: next });
      expect(answer).toMatchObject({ ok: true, accountId: ann.session.accountId });
      const other = await signIn(deps, { ...asking, identifier: 'bob', password: next });
      expect(other).toEqual({ ok: false, why: 'wrong-proof' });
      expect(bob.session.accountId).not.toBe(ann.session.accountId);
      await close();
    });

    test('allauth 0.63.4 is printed by nothing: no report, fault or stored row holds its token', async () => {
      const dir = temporaryDirectory();
      const { deps, reports, close } = await startOn(kind, { dir });
      const ann = await registered(deps, 'ann');
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      const dying = {
        ...deps,
        store: { ...deps.store, append: () => Promise.reject(new Error('no')) },
      };
      const fault: unknown = await recoverPassword(dying, asking, {
        token: link.token,
        password: next,
      }).catch((error: unknown) => error);
      expect(inspect([fault, reports, deps.vault.recoveries], { depth: 9 })).not.toContain(
        link.token,
      );
      await close();
      for (const file of readdirSync(dir)) {
        expect(readFileSync(join(dir, file)).includes(link.token), file).toBe(false);
      }
    });

    test('is not used up by a hash that found no place', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      const overloaded = Object.assign(new Error('full'), { code: 'overloaded' });
      const passwords = { ...deps.passwords, hash: () => Promise.reject(overloaded) };
      const wish = { token: link.token, password: next };
      await expect(recoverPassword({ ...deps, passwords }, asking, wish)).rejects.toBe(overloaded);
      expect(await recoverPassword(deps, asking, wish)).toMatchObject({ ok: true });
      await close();
    });

    test('is over after an hour', async () => {
      const { deps, clock, close } = await open();
      const ann = await registered(deps, 'ann');
      const link = await makeRecoveryLink(deps, ann.loaded);
      if (!link.ok) throw new Error('no link');
      clock.now = new Date(clock.now.getTime() + 3_600_001);
      const answer = await recoverPassword(deps, asking, { token: link.token, password: next });
      expect(answer).toEqual({ ok: false, why: 'link-gone' });
      await close();
    });
  });

  describe('a proof of presence', () => {
    test('H6 gives the session a new token and changes nothing else', async () => {
      const process = await open();
      const { deps, store, close } = process;
      const ann = await registered(deps, 'ann');
      const head = await store.head();
      const answer = await reauthenticate(deps, ann, password);
      if (!answer.ok) throw new Error('not proved');
      expect((await asGuarded(deps, answer.issued.token)).session.sessionId).toBe(
        ann.session.sessionId,
      );
      expect(await store.head()).toBe(head);
      await close();
    });

    test('F22 is fresh for five minutes, and never from the future', async () => {
      const { deps, clock, close } = await open();
      const { session } = await registered(deps, 'ann');
      const at = (seconds: number) => new Date(clock.now.getTime() + seconds * 1_000);
      expect(freshlyProved(session, at(299))).toBe(true);
      expect(freshlyProved(session, at(301))).toBe(false);
      expect(freshlyProved(session, at(-3_600))).toBe(false);
      await close();
    });

    test('of a wrong password is refused and ends no session', async () => {
      const { deps, close } = await open();
      const ann = await registered(deps, 'ann');
      expect(await reauthenticate(deps, ann, 'not it')).toMatchObject({ why: 'wrong-proof' });
      expect(await deps.vault.sessions.list(ann.session.accountId, deps.clock())).toHaveLength(1);
      await close();
    });
  });

  describe('ending sessions', () => {
    test('signing out ends the session on the server', async () => {
      const process = await open();
      const { deps, close } = process;
      await registered(deps, 'ann');
      const token = await signedIn(process);
      await signOut(deps, await asGuarded(deps, token));
      expect(await guard(deps, token)).toBeUndefined();
      await close();
    });

    test('one, all others, and never one of another account', async () => {
      const process = await open();
      const { deps, close } = process;
      const ann = await registered(deps, 'ann');
      const bob = await registered(deps, 'bob');
      const other = await asGuarded(deps, await signedIn(process));
      expect(await endSession(deps, ann, bob.session.sessionId)).toBe(false);
      expect(await endSession(deps, ann, other.session.sessionId)).toBe(true);
      await signedIn(process);
      await signedIn(process);
      expect(await endOtherSessions(deps, ann)).toBe(2);
      expect(await deps.vault.sessions.list(bob.session.accountId, deps.clock())).toHaveLength(1);
      await close();
    });
  });
});
