import { describe, expect, test } from 'vitest';
import { newestOf } from '../../app/history-filter.server.ts';
import { readHistory } from '../../app/history-reading.server.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import {
  registered,
  startProcess,
  toldToTryAgain,
  type TestProcess,
} from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

type Owner = Awaited<ReturnType<typeof registered>>;

const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
const issuer = 'https://github.com';
const github = (subject: string) => ({ provider: 'github', profile: { issuer, subject } });

/** Three wishes of one session that rule one another out in part. */
const wishes = {
  link: ({ deps }: TestProcess, owner: Owner, round: number) =>
    linkProvider(deps, owner, github(`new-${round}`)),
  unlink: ({ deps }: TestProcess, owner: Owner, round: number) => {
    const identityId = deps.keyOf('identity', `${issuer}\u0000old-${round}`);
    return unlinkProvider(deps, owner, { provider: 'github', identityId });
  },
  delete: ({ deps }: TestProcess, owner: Owner) => deleteAccount(deps, owner),
};
const orders: readonly (readonly (keyof typeof wishes)[])[] = [
  ['link', 'unlink', 'delete'],
  ['link', 'delete', 'unlink'],
  ['unlink', 'link', 'delete'],
  ['unlink', 'delete', 'link'],
  ['delete', 'link', 'unlink'],
  ['delete', 'unlink', 'link'],
];

/** What the history tells of the account, oldest first: each event of the stream once, in its order. */
async function toldTypes({ deps, clock }: TestProcess, owner: Owner): Promise<readonly string[]> {
  const services = { deps, shownAccounts: deps.accounts };
  const context = { services, settings: { providers: [] }, at: clock.now };
  const { entries, revision } = await readHistory(context, owner, newestOf(50));
  const facts = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry] : [])).toReversed();
  expect(facts.map((fact) => fact.revision)).toEqual([...Array(revision + 1).keys()]);
  return facts.map(({ fact }) => fact.type);
}

describe.each([
  ['in one append', true],
  ['one after another', false],
])('F13 where streams are written %s', (_, atomic) => {
  test('a way in linked, another taken away and the account closed at once, in any order, leave it whole and its history told (I4, I5, I8)', async () => {
    const dir = temporaryDirectory();
    const one = await startProcess({ dir, env, atomic });
    const other = await startProcess({ dir, env, atomic });
    for (const [round, order] of orders.entries()) {
      const owner = await registered(one.deps, `ann${round}`);
      expect(await linkProvider(one.deps, owner, github(`old-${round}`))).toMatchObject({
        ok: true,
      });

      const answers = await Promise.all(
        order.map((wish, place) =>
          wishes[wish](place % 2 === 0 ? one : other, owner, round).catch(toldToTryAgain),
        ),
      );
      await Promise.all([one.deps.queues.idle(), other.deps.queues.idle()]);

      const told = await toldTypes(other, owner);
      const done = order.filter((_wish, place) => answers[place]?.ok);
      expect(told.includes('ProviderUnlinked'), order.join()).toBe(done.includes('unlink'));
      expect(told.includes('DeletionRequested'), order.join()).toBe(done.includes('delete'));
      const { accountId } = owner.session;
      const { account } = await one.deps.accounts.load(accountId);
      const ended = 'sessionsEndedAt' in account ? account.sessionsEndedAt : 0;
      const alive = await one.deps.vault.sessions.list(accountId, new Date());
      const working = alive.filter((session) => session.provedRevision >= ended);
      if (account.status === 'closing') expect(working).toEqual([]);
    }
    expect(await brokenInvariants(one)).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });
});
