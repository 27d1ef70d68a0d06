import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { cancelDeletion, deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { driveDeletions } from '../../commands/drive-deletions.ts';
import { finishDeletion } from '../../commands/finish-deletion.ts';
import { guard } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { identity, signedIn, type Story } from './crash-story.ts';
import { asking, password, registered, registration } from './installation.ts';
import { untilCaughtUp } from './log-events.ts';

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

/** Deletion from the asking to the last erased row, crashed and killed at every step. */
export const deletionStories: Readonly<Record<string, Story>> = {
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
