import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { cancelDeletion, deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { driveDeletions } from '../../commands/drive-deletions.ts';
import { finishDeletion } from '../../commands/finish-deletion.ts';
import { guard } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { crashesAt, identity, signedIn, type Story } from '../support/crash-story.ts';
import { asking, password, registered, registration } from '../support/installation.ts';
import { untilCaughtUp } from '../support/log-events.ts';
import { logKinds } from '../support/test-logs.ts';

/** The account that the story began with. */
async function ann({ store, accounts }: Deps) {
  const [first] = await untilCaughtUp(store, { prefixes: ['account-'] });
  const accountId = first?.stream.slice('account-'.length) ?? '';
  return accounts.load(accountId);
}

const annWithIdentity = async (deps: Deps) => {
  await linkProvider(deps, await registered(deps, 'ann'), identity);
};

const annWhoAsked = async (deps: Deps) => {
  await annWithIdentity(deps);
  await deleteAccount(deps, await signedIn(deps));
};

/** What a start does, again and again, until nothing is left to be done. A dead process throws. */
async function drivenToItsEnd(deps: Deps, accountId: string): Promise<{ readonly ok: true }> {
  for (;;) {
    await driveDeletions(deps);
    if ((await deps.erased.find(accountId))?.erasedAt) return { ok: true };
    await sleep(5);
  }
}

async function erasedWholly(deps: Deps): Promise<void> {
  const { account, accountId } = await ann(deps);
  if (account.status !== 'deleted') throw new Error(`the account is ${account.status}`);
  expect(await deps.vault.keys.get(account.keyId)).toBe('erased');
  expect(await deps.vault.keys.livingOf([accountId])).toEqual([]);
  expect(await deps.vault.sessions.list(accountId, deps.clock())).toEqual([]);
  expect(await deps.vault.activity.list(accountId, 10)).toEqual([]);
  // The freed names and the freed identity are the next person's.
  expect(await registerUser(deps, registration('ann'))).toMatchObject({ ok: true });
  const next = await signedIn(deps);
  expect(next.loaded.accountId).not.toBe(accountId);
  expect(await linkProvider(deps, next, identity)).toMatchObject({ ok: true });
}

const stories: Readonly<Record<string, Story>> = {
  'asking for deletion': {
    scene: annWithIdentity,
    wish: async (deps) => deleteAccount(deps, await signedIn(deps)),
    check: async (deps) => {
      expect((await ann(deps)).account).toMatchObject({ status: 'closing' });
      const answer = await signIn(deps, { ...asking, identifier: 'ann', password });
      expect(answer).toMatchObject({ ok: true, closing: true });
    },
  },
  'cancelling it': {
    scene: annWhoAsked,
    wish: async (deps) => {
      const before = await signedIn(deps);
      const answer = await cancelDeletion(deps, before);
      const again = !answer.ok && answer.refusals[0].code === 'account-not-closing';
      return { ok: answer.ok || again };
    },
    check: async (deps) => {
      expect((await ann(deps)).account).toMatchObject({ status: 'active' });
      const answer = await signIn(deps, { ...asking, identifier: 'ann', password });
      if (!answer.ok) throw new Error('ann cannot sign in');
      expect(await guard(deps, answer.issued.token)).toBeDefined();
    },
  },
  'finishing it before its time': {
    scene: annWhoAsked,
    wish: async (deps) => {
      const { account, accountId } = await ann(deps);
      if (account.status === 'closing') await finishDeletion(deps, await signedIn(deps));
      return drivenToItsEnd(deps, accountId);
    },
    check: erasedWholly,
  },
  'deleting at once': {
    env: { DELETE_GRACE_DAYS: '0' },
    scene: annWithIdentity,
    wish: async (deps) => {
      const { account, accountId } = await ann(deps);
      if (account.status === 'active') await deleteAccount(deps, await signedIn(deps));
      return drivenToItsEnd(deps, accountId);
    },
    check: erasedWholly,
  },
};

/** What writes one stream at a time is EventStoreDB’s own way; the file need not show it twice. */
const kinds = logKinds.filter((kind) => kind !== 'the embedded log, one stream at a time');

describe.each(kinds)('on %s', (kind) => {
  test.each(Object.keys(stories))(
    'F2 a crash at any step of %s is finished at the next start, and every step may be done again',
    { timeout: 180_000 },
    async (name) => {
      const story = stories[name];
      if (!story) throw new Error(name);
      let at = 1;
      while (await crashesAt(story, { at, kind })) at += 1;
      expect(at).toBeGreaterThan(3);
    },
  );
});
