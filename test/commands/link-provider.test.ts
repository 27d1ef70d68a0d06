import { describe, expect, test } from 'vitest';
import { linkProvider } from '../../commands/link-provider.ts';
import { removePassword } from '../../commands/remove-password.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { allAccounts, brokenInvariants } from '../support/account-invariants.ts';
import {
  asGuarded,
  password,
  registered,
  startOn,
  toldToTryAgain,
} from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds, type LogKind } from '../support/test-logs.ts';

const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
const github = (subject: string, issuer = 'https://github.com') => ({
  provider: 'github',
  profile: { issuer, subject },
});

const open = (kind: LogKind) => startOn(kind, { dir: temporaryDirectory(), env });

describe.each(logKinds)('on %s', (kind) => {
  test(
    'F10 I4 fifty accounts that link one identity at once: one wins, the others are told',
    {
      timeout: 60_000,
    },
    async () => {
      const process = await open(kind);
      const { deps } = process;
      const people: Awaited<ReturnType<typeof registered>>[] = [];
      for (let index = 0; index < 50; index += 1)
        people.push(await registered(deps, `user${index}`));
      const answers = await Promise.all(
        people.map((person) => linkProvider(deps, person, github('42')).catch(toldToTryAgain)),
      );
      await deps.queues.idle();
      expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
      for (const answer of answers) {
        if (!answer.ok && answer.why !== 'try-again') {
          expect(answer.refusals).toEqual([{ code: 'identity-taken' }]);
        }
      }
      const accounts = [...(await allAccounts(process)).values()];
      const holders = accounts.filter(
        (account) => 'methods' in account && account.methods.length > 1,
      );
      expect(holders).toHaveLength(1);
      expect(await brokenInvariants(process)).toEqual([]);
      await process.close();
    },
  );

  test('F12 I5 of two last ways in removed at once by two sessions, one stays', async () => {
    const process = await open(kind);
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, github('42'));
    const identityId = deps.keyOf('identity', 'https://github.com\u000042');
    const answers = await Promise.all([
      removePassword(deps, ann, password),
      unlinkProvider(deps, ann, { provider: 'github', identityId }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await brokenInvariants(process)).toEqual([]);
    await process.close();
  });

  test('H1 one subject at two issuers, and two spellings of a subject, are different people', async () => {
    const process = await open(kind);
    const { deps } = process;
    const [ann, bob, cid] = [
      await registered(deps, 'ann'),
      await registered(deps, 'bob'),
      await registered(deps, 'cid'),
    ];
    expect(await linkProvider(deps, ann, github('AbC'))).toMatchObject({ ok: true });
    expect(await linkProvider(deps, bob, github('abc'))).toMatchObject({ ok: true });
    const elsewhere = github('AbC', 'https://github.example');
    expect(await linkProvider(deps, cid, elsewhere)).toMatchObject({ ok: true });
    await process.close();
  });

  test('linking again what is linked adds nothing', async () => {
    const { deps, store, close } = await open(kind);
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, github('42'));
    const head = await store.head();
    expect(await linkProvider(deps, ann, github('42'))).toMatchObject({ ok: true, events: [] });
    expect(await store.head()).toBe(head);
    await close();
  });

  test('H3 unlinking ends every session but the acting one, which goes on under a new token', async () => {
    const { deps, close } = await open(kind);
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, github('42'));
    const identityId = deps.keyOf('identity', 'https://github.com\u000042');
    const answer = await unlinkProvider(deps, ann, { provider: 'github', identityId });
    if (!answer.ok || !answer.issued) throw new Error('not unlinked');
    expect((await asGuarded(deps, answer.issued.token)).session.sessionId).toBe(
      ann.session.sessionId,
    );
    // The freed identity may be somebody else's next.
    const bob = await registered(deps, 'bob');
    expect(await linkProvider(deps, bob, github('42'))).toMatchObject({ ok: true });
    await close();
  });
});
