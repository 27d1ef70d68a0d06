import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { endAccount } from '../../commands/finish-deletion.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { searchAccount, type AuditSearch } from '../../commands/search-account.ts';
import { Unavailable, type EventStore } from '../../eventstore/event-store.ts';
import { auditor, auditOf, changeAuditor, type Asker } from '../support/auditors.ts';
import { registered, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

const github = { issuer: 'https://github.com', subject: '42' };
const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };

async function found(deps: Deps, asker: Asker, search: AuditSearch) {
  const answer = await searchAccount(deps, asker, search);
  if (!answer.ok) throw new Error(answer.why);
  return answer.found?.accountId;
}

describe.each(logKinds)('H12 on %s', (kind) => {
  const open = (more: Partial<Parameters<typeof startOn>[1]> = {}) =>
    startOn(kind, { dir: temporaryDirectory(), env, ...more });

  test('a search finds the account that holds exactly this, however it is spelt', async () => {
    const { deps, close } = await open();
    const ann = await registered(deps, 'ann');
    await linkProvider(deps, ann, { provider: 'github', profile: github });
    const grace = await auditor(deps);
    const { accountId } = ann.session;

    expect(await found(deps, grace, { kind: 'email', value: ' Ann＠example.org ' })).toBe(
      accountId,
    );
    expect(await found(deps, grace, { kind: 'username', value: 'ANN' })).toBe(accountId);
    expect(await found(deps, grace, { kind: 'identity', ...github })).toBe(accountId);
    expect(await found(deps, grace, { kind: 'account', accountId })).toBe(accountId);
    expect(await found(deps, grace, { kind: 'email', value: 'ann@example' })).toBeUndefined();
    expect(await found(deps, grace, { kind: 'username', value: 'an' })).toBeUndefined();
    const elsewhere = { ...github, issuer: 'https://ghe.example' };
    expect(await found(deps, grace, { kind: 'identity', ...elsewhere })).toBeUndefined();
    await close();
  });

  test('hit or miss is written down as a key, and a hit in the stream of who was found too', async () => {
    const { deps, close } = await open();
    const ann = await registered(deps, 'ann');
    const grace = await auditor(deps);
    const nobody = randomUUID();

    await found(deps, grace, { kind: 'email', value: 'ann@example.org' });
    await found(deps, grace, { kind: 'username', value: 'nobody' });
    await found(deps, grace, { kind: 'account', accountId: nobody });

    expect(await auditOf(deps, grace)).toEqual([
      { type: 'AuditSearched', kind: 'email', key: deps.keyOf('email', 'ann@example.org') },
      { type: 'AuditSearched', kind: 'username', key: deps.keyOf('username', 'nobody') },
      { type: 'AuditSearched', kind: 'account', key: nobody },
    ]);
    const auditorId = grace.session.accountId;
    expect(await auditOf(deps, ann)).toEqual([{ type: 'AccountViewed', auditorId, how: 'search' }]);
    await close();
  });

  test('nothing is looked up where the search cannot be written down', async () => {
    const asked: string[] = [];
    const { deps, close } = await open({ wrapStore: (store) => refusingAudits(store, asked) });
    const { deps: counted, lookups } = countingLookups(deps);
    const ann = await registered(deps, 'ann');
    const grace = await auditor(deps);
    asked.length = 0;

    for (const search of [
      { kind: 'email', value: 'ann@example.org' },
      { kind: 'username', value: 'nobody' },
      { kind: 'account', accountId: ann.session.accountId },
    ] as const) {
      await expect(searchAccount(counted, grace, search)).rejects.toMatchObject({
        code: 'unavailable',
      });
    }
    expect(lookups).toEqual([]);
    const own = [`account-${grace.session.accountId}`, `audit-${grace.session.accountId}`];
    expect(asked.filter((stream) => !own.includes(stream))).toEqual([]);
    await close();
  });

  test('an erased account holds nothing, and is found by its id alone', async () => {
    const { deps, close } = await open();
    const ann = await registered(deps, 'ann');
    const grace = await auditor(deps);
    const { accountId } = ann.session;
    await deleteAccount(deps, ann);
    const cause = { actor: 'system', requestId: 'r', at: deps.clock() } as const;
    await endAccount(deps, { accountId, cause, why: 'asked' });

    expect(await found(deps, grace, { kind: 'email', value: 'ann@example.org' })).toBeUndefined();
    expect(await found(deps, grace, { kind: 'username', value: 'ann' })).toBeUndefined();
    expect(await found(deps, grace, { kind: 'account', accountId })).toBe(accountId);
    await close();
  });

  test('is for auditors only, as the account says at that moment, and leaves no trace of others', async () => {
    const { deps, close } = await open();
    const grace = await auditor(deps);
    const ann = await registered(deps, 'ann');
    const search = { kind: 'username', value: 'ann' } as const;
    await changeAuditor(deps, grace, 'revoke');

    expect(await searchAccount(deps, ann, search)).toEqual({ ok: false, why: 'no-auditor' });
    expect(await searchAccount(deps, grace, search)).toEqual({ ok: false, why: 'no-auditor' });

    expect(await auditOf(deps, ann)).toEqual([]);
    expect(await auditOf(deps, grace)).toEqual([]);
    await close();
  });

  test('is refused to a session that ended after the page was opened', async () => {
    const { deps, vault, close } = await open();
    const grace = await auditor(deps);
    await vault.sessions.endAll(grace.session.accountId);

    const answer = await searchAccount(deps, grace, { kind: 'username', value: 'grace' });

    expect(answer).toEqual({ ok: false, why: 'no-auditor' });
    await close();
  });
});

test('H12 thirty searches an hour, and the next is neither written down nor looked up', async () => {
  const { deps, close } = await startOn('the embedded log', {
    dir: temporaryDirectory(),
    env: { RATE_LIMITS: 'on' },
  });
  const grace = await auditor(deps);
  const search = { kind: 'username', value: 'nobody' } as const;

  const answers = await Promise.all(
    Array.from({ length: 33 }, () => searchAccount(deps, grace, search)),
  );

  expect(answers.filter(({ ok }) => ok)).toHaveLength(30);
  expect(await auditOf(deps, grace)).toHaveLength(30);
  const limited = await searchAccount(deps, grace, search);
  expect(limited).toMatchObject({ ok: false, why: 'limited' });
  await close();
});

/** A store in whose audit streams nothing can be written; notes which streams are read. */
function refusingAudits(store: EventStore, asked: string[]): EventStore {
  return {
    atomic: store.atomic,
    read: (stream, options) => {
      asked.push(stream);
      return store.read(stream, options);
    },
    append: (writes) => {
      if (writes.some(({ stream }) => stream.startsWith('audit-'))) throw new Unavailable('full');
      return store.append(writes);
    },
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
}

function countingLookups(deps: Deps) {
  const lookups: string[] = [];
  const accountByKey: Deps['lookups']['accountByKey'] = (kind, key) => {
    lookups.push(kind);
    return deps.lookups.accountByKey(kind, key);
  };
  const counting = Object.assign(Object.create(deps.lookups) as Deps['lookups'], { accountByKey });
  return { deps: { ...deps, lookups: counting }, lookups };
}
