import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { driveDeletions } from '../../commands/drive-deletions.ts';
import { guard } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { signIn } from '../../commands/sign-in.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { identity, identityId } from '../support/crash-story.ts';
import {
  asGuarded,
  asking,
  password,
  registered,
  startOn,
  toldToTryAgain,
} from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import type { LogKind } from '../support/test-logs.ts';

/** Holds every read and append of a process back until the scheduler says that it is its turn. */
const inTurn =
  (scheduler: fc.Scheduler, who: string) =>
  (store: EventStore): EventStore => {
    const turn = (what: string) => scheduler.schedule(Promise.resolve(), `${who} ${what}`);
    return {
      atomic: store.atomic,
      async *read(...asked) {
        await turn('reads');
        yield* store.read(...asked);
      },
      append: async (writes) => {
        await turn('appends');
        return store.append(writes);
      },
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      close: () => store.close(),
    };
  };

async function tokenOf(deps: Deps): Promise<string> {
  const answer = await signIn(deps, { ...asking, identifier: 'ann', password });
  if (!answer.ok) throw new Error('ann cannot sign in');
  return answer.issued.token;
}

/** Ann disconnects an identity in one process and deletes her account in another, while Bob connects it in a third. */
async function race(scheduler: fc.Scheduler, kind: LogKind, grace: '0' | '7'): Promise<void> {
  const dir = temporaryDirectory();
  const common = { dir, env: { DELETE_GRACE_DAYS: grace }, sleep: () => Promise.resolve() };
  const calm = await startOn(kind, common);
  const start = (who: string) => startOn(kind, { ...common, wrapStore: inTurn(scheduler, who) });
  const [one, two, three] = [await start('unlink'), await start('delete'), await start('link')];
  const ann = await registered(calm.deps, 'ann');
  const bob = await registered(calm.deps, 'bob');
  await linkProvider(calm.deps, ann, identity);
  const tokens = [await tokenOf(calm.deps), await tokenOf(calm.deps)];
  const [here, there] = await Promise.all(tokens.map((token) => asGuarded(calm.deps, token)));
  if (!here || !there) throw new Error('ann is not signed in');

  const ref = { provider: 'github', identityId: identityId(calm.deps) };
  const all = Promise.all([
    unlinkProvider(one.deps, here, ref).catch(toldToTryAgain),
    deleteAccount(two.deps, there).catch(toldToTryAgain),
    linkProvider(three.deps, bob, identity).catch(toldToTryAgain),
  ]);
  const [unlinked, deleted] = await scheduler.waitFor(all);
  await scheduler.waitFor(Promise.all([one, two, three].map(({ deps }) => deps.queues.idle())));
  await calm.level();
  await driveDeletions(calm.deps);

  const { accountId } = ann.session;
  const { account } = await calm.deps.accounts.load(accountId);
  const history = await calm.deps.accounts.history(accountId);
  const ending = ['ProviderUnlinked', 'DeletionRequested'];
  const done = history.map(({ event }) => event.type).filter((type) => ending.includes(type));
  // Whoever comes first ends the other's session, so one of the two is done and no more; what was answered holds.
  expect(done).toHaveLength(1);
  if (unlinked.ok) expect(done).toEqual(['ProviderUnlinked']);
  if (deleted.ok) expect(done).toEqual(['DeletionRequested']);
  const closed = grace === '0' ? 'deleted' : 'closing';
  expect(account.status).toBe(done[0] === 'DeletionRequested' ? closed : 'active');
  if (account.status !== 'active') {
    for (const token of tokens) expect(await guard(calm.deps, token)).toBeUndefined();
  }
  expect(await brokenInvariants(calm)).toEqual([]);
  for (const process of [one, two, three, calm]) await process.close();
}

describe('unlink, delete and link at once', () => {
  const kinds = ['the embedded log', 'EventStoreDB, the protocol peer'] as const;

  test.each(kinds)(
    'F13 I4 I5 I8 in whatever order their steps fall, on %s',
    { timeout: 180_000 },
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), fc.constantFrom('0', '7'), (scheduler, grace) =>
          race(scheduler, kind, grace),
        ),
        { numRuns: 25, endOnFailure: true },
      );
    },
  );
});
