import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { auditedAccount } from '../../commands/audited-account.ts';
import { lookAtAccount, type RecordedLook } from '../../commands/look-at-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { viewNewestEvents } from '../../commands/view-newest-events.ts';
import { Unavailable } from '../../eventstore/event-store.ts';
import { verifyLog } from '../../eventstore/verify-log.ts';
import { auditor, auditOf, changeAuditor, type Asker } from '../support/auditors.ts';
import { registered, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

const MINUTE = 60_000;

async function look(deps: Deps, asker: Asker, { session }: Asker): Promise<RecordedLook> {
  const { accountId } = session;
  const answer = await lookAtAccount(deps, asker, { accountId, how: 'history' });
  if (!answer.ok) throw new Error(answer.why);
  return answer;
}

describe.each(logKinds)('H12 on %s', (kind) => {
  const open = (more: Partial<Parameters<typeof startOn>[1]> = {}) =>
    startOn(kind, { dir: temporaryDirectory(), ...more });

  test('a look stands in the stream of the account looked at, by an auditor', async () => {
    const { deps, store, close } = await open();
    const [ann, grace] = [await registered(deps, 'ann'), await auditor(deps)];

    await look(deps, grace, ann);
    await look(deps, grace, ann);

    const auditorId = grace.session.accountId;
    const seen = { type: 'AccountViewed', auditorId, how: 'history' };
    expect(await auditOf(deps, ann)).toEqual([seen, seen]);
    expect(await auditOf(deps, grace)).toEqual([]);
    for await (const { metadata } of store.read(`audit-${ann.session.accountId}`)) {
      expect(metadata).toMatchObject({ actor: 'auditor', requestId: 'request-1', v: 1 });
    }
    await close();
  });

  test('twenty auditors at once all stand there, and the chains hold', async () => {
    const { deps, store, close } = await open();
    const ann = await registered(deps, 'ann');
    const grace = await auditor(deps);

    await Promise.all(Array.from({ length: 20 }, () => look(deps, grace, ann)));

    expect(await auditOf(deps, ann)).toHaveLength(20);
    expect((await verifyLog(store)).broken).toEqual([]);
    await close();
  });

  test('nobody looks where it cannot be written down', async () => {
    const { deps, close } = await open({
      wrapStore: (store) => ({
        ...boundTo(store),
        append: (writes) => {
          if (writes.some(({ stream }) => stream.startsWith('audit-'))) throw new Unavailable('x');
          return store.append(writes);
        },
      }),
    });
    const [ann, grace] = [await registered(deps, 'ann'), await auditor(deps)];

    await expect(look(deps, grace, ann)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(viewNewestEvents(deps, grace)).rejects.toMatchObject({ code: 'unavailable' });
    await close();
  });

  test('an id of nobody is a search of the auditor’s own, and makes no stream of its own', async () => {
    const { deps, close } = await open();
    const grace = await auditor(deps);
    const accountId = randomUUID();

    const answer = await lookAtAccount(deps, grace, { accountId, how: 'history' });

    expect(answer).toEqual({ ok: false, why: 'nobody' });
    expect(await auditOf(deps, grace)).toEqual([
      { type: 'AuditSearched', kind: 'account', key: accountId },
    ]);
    expect(await auditOf(deps, { session: { ...grace.session, accountId } })).toEqual([]);
    await close();
  });

  test('looking is for auditors only, as their account says at that moment', async () => {
    const { deps, close } = await open();
    const [ann, grace] = [await registered(deps, 'ann'), await auditor(deps)];
    const wish = { accountId: ann.session.accountId, how: 'export' } as const;
    await look(deps, grace, ann);
    await changeAuditor(deps, grace, 'revoke');

    const no = { ok: false, why: 'no-auditor' };
    expect(await lookAtAccount(deps, grace, wish)).toEqual(no);
    expect(await lookAtAccount(deps, ann, wish)).toEqual(no);
    expect(await viewNewestEvents(deps, grace)).toEqual(no);
    expect(await auditOf(deps, ann)).toHaveLength(1);
    await close();
  });

  test('sealed parts stay closed: no key is asked for, and none is needed', async () => {
    const asked: string[] = [];
    const { deps, close } = await open({
      wrapVault: (vault) => ({
        ...vault,
        keys: {
          mint: (key) => vault.keys.mint(key),
          erase: (keyId, accountId) => vault.keys.erase(keyId, accountId),
          eraseAllOf: (accountId, keyId) => vault.keys.eraseAllOf(accountId, keyId),
          livingOf: (accountIds) => vault.keys.livingOf(accountIds),
          finishErasures: () => vault.keys.finishErasures(),
          get: (keyId) => {
            asked.push(keyId);
            return vault.keys.get(keyId);
          },
        },
      }),
    });
    const [ann, grace] = [await registered(deps, 'ann'), await auditor(deps)];
    asked.length = 0;

    const seen = await auditedAccount(deps, await look(deps, grace, ann));

    expect(asked).toEqual([]);
    expect(seen.events.map(({ event }) => [event.type, event.personal])).toEqual([
      ['UserRegistered', 'closed'],
    ]);
    expect(seen.account).toMatchObject({ status: 'active', profile: 'closed' });
    await close();
  });

  test('watching all accounts is written down once in ten minutes, in the auditor’s own stream', async () => {
    const { deps, clock, close } = await open();
    const grace = await auditor(deps);
    const start = clock.now.getTime();

    for (const minutes of [0, 5, 9.9, 10, 12, 8]) {
      clock.now = new Date(start + minutes * MINUTE);
      expect((await viewNewestEvents(deps, grace)).ok).toBe(true);
    }

    // At once, after ten minutes, and where the clock went back behind the last one (F22).
    expect(await auditOf(deps, grace)).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'NewestEventsViewed' })),
    );
    await close();
  });
});

const boundTo = (store: Parameters<typeof verifyLog>[0]) => ({
  atomic: store.atomic,
  read: store.read.bind(store),
  subscribe: store.subscribe.bind(store),
  head: () => store.head(),
  close: () => store.close(),
});
