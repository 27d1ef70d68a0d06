import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newestOf } from '../../app/history-filter.server.ts';
import { accountMoment } from '../../app/history-moment.server.ts';
import { readHistory } from '../../app/history-reading.server.ts';
import { entryWords } from '../../app/pages/history-entry.ts';
import { noFilter } from '../../app/pages/history-filter.ts';
import { changeProfile } from '../../commands/change-profile.ts';
import { execute } from '../../commands/execute.ts';
import type { Guarded } from '../../commands/guard.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { refreshIdentity as refreshRule } from '../../domain/account/refresh-identity.ts';
import { identityValue } from '../../domain/identity.ts';
import { auditStream } from '../../domain/streams.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import type { DataKey, Vault } from '../../vault/vault.ts';
import {
  registered,
  startProcess,
  type TestProcess,
  type TestProcessOptions,
} from '../support/installation.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { atGitHub } from '../support/stored-account.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open(options: Partial<TestProcessOptions> = {}) {
  const process = await startProcess({ dir: temporaryDirectory(), ...options });
  onTestFinished(() => process.close());
  return process;
}

const contextOf = ({ deps, clock }: TestProcess) => ({
  services: { deps, shownAccounts: deps.accounts },
  settings: { providers: [] },
  at: clock.now,
});

async function rename({ deps }: TestProcess, who: Parameters<typeof changeProfile>[1], to: string) {
  const { username, email } = { username: 'ann', email: 'ann@example.org' };
  const wish = { name: to, username, email };
  expect(await changeProfile(deps, who, wish)).toMatchObject({ ok: true });
}

const wordsOf = async (process: TestProcess, viewer: Guarded, max = 50) => {
  const { entries } = await readHistory(contextOf(process), viewer, newestOf(max));
  return entries.map(entryWords);
};

describe('the newest entries of an account', () => {
  /** Counts what reading costs: events taken from the log, and seals opened. */
  function counted() {
    const cost = { events: 0, opened: 0 };
    const wrapStore = (store: EventStore): EventStore => ({
      atomic: store.atomic,
      append: (writes) => store.append(writes),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      close: () => store.close(),
      async *read(...asked) {
        for await (const event of store.read(...asked)) {
          cost.events += 1;
          yield event;
        }
      },
    });
    const countedKey = (key: DataKey): DataKey => ({
      seal: (...asked) => key.seal(...asked),
      openWithSalt: (...asked) => key.openWithSalt(...asked),
      open: (...asked) => {
        cost.opened += 1;
        return key.open(...asked);
      },
    });
    const wrapVault = (vault: Vault): Vault => ({
      ...vault,
      keys: {
        mint: (key) => vault.keys.mint(key),
        erase: (...asked) => vault.keys.erase(...asked),
        eraseAllOf: (...asked) => vault.keys.eraseAllOf(...asked),
        livingOf: (...asked) => vault.keys.livingOf(...asked),
        finishErasures: () => vault.keys.finishErasures(),
        get: async (keyId) => {
          const key = await vault.keys.get(keyId);
          return key === 'erased' ? key : countedKey(key);
        },
      },
    });
    return { cost, wrapStore, wrapVault };
  }

  test('cost as many reads and openings after 300 changes as after 60', async () => {
    const { cost, ...wraps } = counted();
    const process = await open(wraps);
    const ann = await registered(process.deps, 'ann');
    const costAfter = async (changes: number) => {
      for (let change = 0; change < changes; change += 1) await rename(process, ann, `N${change}`);
      await wordsOf(process, ann);
      Object.assign(cost, { events: 0, opened: 0 });
      expect(await wordsOf(process, ann)).toHaveLength(50);
      return { ...cost };
    };

    const few = await costAfter(60);
    const many = await costAfter(240);

    expect(few.events).toBeGreaterThanOrEqual(50);
    expect(many).toEqual(few);
  });

  test('tell of an auditor’s look, beside what changed (H12)', async () => {
    const process = await open();
    const { deps, store } = process;
    const ann = await registered(deps, 'ann');
    const look = { type: 'AccountViewed', data: { auditorId: 'auditor-1' } };
    const search = { type: 'AuditSearched', data: { kind: 'account', key: 'key' } };
    await store.append([new StreamAuthor(auditStream(ann.session.accountId)).next(look, search)]);

    const { entries } = await readHistory(contextOf(process), ann, newestOf(9));

    const words = entries.map(entryWords).filter((said) => said.includes('auditor'));
    expect(words).toEqual([
      expect.stringContaining('An auditor looked at your account by an auditor'),
    ]);
    expect(JSON.stringify(entries)).not.toContain('auditor-1');
    const only = { filter: { ...noFilter, kind: 'looks' }, max: 9, places: newestOf(9).places };
    expect((await readHistory(contextOf(process), ann, only)).entries).toHaveLength(1);
  });
});

describe('H19 an account as it was, read without a fresh proof', () => {
  test('does not tell what a way in was called before, though it is connected still', async () => {
    const process = await open();
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    const linked = atGitHub('1');
    await linkProvider(deps, ann, linked);
    const { accountId } = ann.session;
    const { provider, profile } = linked;
    const identityId = deps.keyOf('identity', identityValue(profile));
    const now = { provider, identityId, profile: { ...profile, handle: 'handle-of-now' } };
    await execute(deps, {
      accountId,
      cause: { actor: 'self', requestId: 'r', at: deps.clock() },
      session: ann.session,
      opened: true,
      decide: (account) => refreshRule({ at: '', from: {}, ...now }, account),
    });
    const left = { ...ann, session: { ...ann.session, reauthenticated: null } };

    const [then, later] = [
      await accountMoment(contextOf(process), left, 1),
      await accountMoment(contextOf(process), left, 2),
    ];

    expect(JSON.stringify(then)).toContain('"then":{"untold":"hidden"}');
    expect(JSON.stringify(then)).not.toContain('handle-1');
    expect(JSON.stringify(later)).not.toContain('handle-1');
    expect(JSON.stringify(later)).toContain('"then":"handle-of-now"');
  });
});

describe('F21 the history of an account whose key is gone', () => {
  test('erased: every entry is read, and says that its words are erased', async () => {
    const process = await open();
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    await rename(process, ann, 'Ann Other');
    await deps.vault.keys.erase(ann.account.keyId, ann.session.accountId);

    const words = await wordsOf(process, ann);
    const moment = await accountMoment(contextOf(process), ann, 1);

    expect(words.some((said) => said.startsWith('Name changed to something since erased'))).toBe(
      true,
    );
    expect(words.some((said) => said.startsWith('Account opened with a password'))).toBe(true);
    expect(words.join()).not.toContain('Ann Other');
    const rows = 'rows' in moment ? moment.rows : [];
    const erased = { untold: 'erased' };
    expect(rows).toContainEqual({ key: 'name', label: 'Name', then: erased });
  });

  test('missing: a fault of that account alone, never shown as erased', async () => {
    const dir = temporaryDirectory();
    const process = await open({ dir });
    const { deps } = process;
    const [ann, bob] = [await registered(deps, 'ann'), await registered(deps, 'bob')];
    const vault = new SqliteDb(join(dir, 'vault.db'));
    vault.run('DELETE FROM keys WHERE key_id = ?', ann.account.keyId);
    vault.close();

    const missing = { code: 'key-missing' };
    await expect(wordsOf(process, ann)).rejects.toMatchObject(missing);
    await expect(accountMoment(contextOf(process), ann, 0)).rejects.toMatchObject(missing);
    expect(await wordsOf(process, bob)).toContainEqual(
      expect.stringContaining('Account opened with a password'),
    );
  });
});
