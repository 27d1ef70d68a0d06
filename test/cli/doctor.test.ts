import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../cli/doctor.ts';
import type { Latchkey } from '../../commands/open-latchkey.ts';
import { emptyHead, writeAt } from '../../commands/write-stream.ts';
import { passwordOf } from '../../domain/account/account-methods.ts';
import { claimStream } from '../../domain/streams.ts';
import type { JsonObject } from '../../eventstore/event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { registered } from '../support/installation.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { somebodyWithAPast } from '../support/stored-account.ts';
import { terminalKinds, terminalOn, type Terminal } from '../support/terminal.ts';

type Finding = Readonly<Record<'about' | 'told', string>> & {
  readonly good: boolean;
  readonly mendable: boolean;
};
interface Told {
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
  readonly mended: readonly string[];
}

async function told(terminal: Terminal, options: { repair?: boolean } = {}): Promise<Told> {
  const answer = await terminal.run(doctor, [], options);
  return answer.json as Told;
}

const badOnes = ({ findings }: Told) => findings.filter(({ good }) => !good);

/** What a test breaks, and by which hand. */
interface Scene {
  readonly latchkey: Latchkey;
  readonly terminal: Terminal;
  /** Somebody with a past, and somebody else. */
  readonly ann: string;
  readonly bob: string;
}

async function append(
  { latchkey: { deps } }: Scene,
  accountId: string,
  ...events: readonly { type: string; data?: JsonObject }[]
): Promise<void> {
  const { head } = await deps.accounts.load(accountId);
  const drafts = events.map(({ type, data = {} }) => ({ type, v: 1, data: () => data }));
  const cause = { actor: 'system', requestId: 'another', at: new Date() } as const;
  await deps.store.append([writeAt(head, deps.newId(), { cause, drafts })]);
}

/** A seal that nobody opens here. */
const closed = { sealed: 'x', commitment: 'x' };
const key = (letter: string) => letter.repeat(43);

async function claim({ latchkey: { deps } }: Scene, accountId: string, attemptId: string) {
  const cause = { actor: 'self', requestId: 'another', at: new Date(0) } as const;
  const drafts = [{ type: 'Claimed', v: 1, data: () => ({ accountId, attemptId }) }];
  const head = emptyHead(claimStream('email', key('e')));
  await deps.store.append([writeAt(head, attemptId, { cause, drafts })]);
}

function sql({ terminal, latchkey }: Scene, file: 'lookups' | 'vault', statement: string): void {
  const lookups = latchkey.log.kind === 'server' ? 'read.db' : 'log.db';
  const db = new SqliteDb(join(terminal.dir, file === 'vault' ? 'vault.db' : lookups));
  db.exec(statement);
  db.close();
}

const orphanCredential = async ({ latchkey: { deps } }: Scene, accountId: string) => {
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'active') throw new Error('not active');
  const credentialId = deps.newId();
  const row = { credentialId, accountId, attemptId: 'left', keyId: account.keyId };
  await deps.vault.credentials.put({ ...row, hash: 'h', prehashKeyId: 'p' });
  await deps.vault.settle([{ kind: 'credential', id: credentialId, accountId, attemptId: 'left' }]);
};

const session = async (
  { latchkey: { deps } }: Scene,
  accountId: string,
  provedRevision: number,
) => {
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'active') throw new Error('not active');
  await deps.vault.sessions.start({
    ...{ accountId, keyId: account.keyId, provedRevision, closing: false, at: new Date() },
    ...{ method: { kind: 'password', credentialId: 'c' }, proof: null, device: {} },
  });
};

interface Breakage {
  readonly breaks: (scene: Scene) => Promise<void> | void;
  readonly about: string;
  readonly told: RegExp;
  readonly mended?: string;
}

const breakages: Readonly<Record<string, Breakage>> = {
  'I6 a lookup that no event made': {
    breaks: (scene) =>
      sql(scene, 'lookups', `INSERT INTO lookup_keys VALUES ('email', '${key('x')}', 'nobody')`),
    about: 'lookups',
    told: /differ from a fresh fold \(I6\)/,
    mended: 'lookups: rebuilt from the log',
  },
  'I7 a checkpoint past the log': {
    breaks: (scene) => sql(scene, 'lookups', 'UPDATE projection_state SET position = 999999999999'),
    about: 'projection',
    told: /past the log's \d+ \(I7\)/,
    mended: 'projection: rebuilt from the log',
  },
  'a claim whose attempt never came to an end': {
    breaks: (scene) => claim(scene, scene.ann, 'never-ended'),
    about: 'claims',
    told: /^1 left behind: email eee/,
    mended: 'claims: 1 released',
  },
  'a claim of an account that nobody opened': {
    breaks: (scene) => claim(scene, 'nobody', 'never-begun'),
    about: 'claims',
    told: /^1 left behind/,
    mended: 'claims: 1 released',
  },
  'a password hash that no event names': {
    breaks: (scene) => orphanCredential(scene, scene.ann),
    about: 'vault rows',
    told: /^credential \S+ of \S+ is named by no event$/,
    mended: 'vault rows: 1 removed',
  },
  'a session that an event has ended': {
    breaks: (scene) => session(scene, scene.ann, 0),
    about: 'vault rows',
    told: /^session \S+ of \S+ is named by no event$/,
    mended: 'vault rows: 1 removed',
  },
  'I8 I9 rows that outlived their account': {
    breaks: (scene) =>
      append(
        scene,
        scene.bob,
        { type: 'DeletionRequested', data: { eraseAt: new Date(0).toISOString() } },
        { type: 'AccountDeleted' },
      ),
    about: 'vault rows',
    told: /key \S+ of \S+ outlived its account \(I8, I9\)/,
    mended: 'vault rows: ',
  },
  'rows of an account that the log does not know, which stay': {
    breaks: (scene) => {
      const { ann } = scene;
      sql(scene, 'vault', `UPDATE sessions SET account_id = 'x' WHERE account_id = '${ann}'`);
    },
    about: 'vault rows',
    told: /belongs to an account the log does not know: is the log older than the vault\?/,
  },
  'F21 a data key that is missing, which is no erased one': {
    breaks: (scene) => sql(scene, 'vault', `DELETE FROM keys WHERE account_id = '${scene.ann}'`),
    about: 'vault parts',
    told: /^\S+: key-missing$/,
  },
  'F21 a data key that was erased under a living account': {
    breaks: async ({ latchkey: { deps }, ann }) => {
      const { account } = await deps.accounts.load(ann);
      if (account.status === 'active') await deps.vault.keys.erase(account.keyId, ann);
    },
    about: 'vault parts',
    told: /^\S+: key-erased$/,
  },
  'a password hash that is missing': {
    breaks: ({ latchkey: { deps }, bob }) => deps.vault.credentials.deleteAllOf(bob),
    about: 'vault parts',
    told: /^\S+: credential-missing$/,
  },
  'I5 an account without any way in': {
    breaks: async (scene) => {
      const { account } = await scene.latchkey.deps.accounts.load(scene.bob);
      if (account.status !== 'active' || account.methods[0]?.kind !== 'password') return;
      const { credentialId } = account.methods[0];
      await append(scene, scene.bob, { type: 'PasswordRemoved', data: { credentialId } });
    },
    about: 'accounts',
    told: /^I5: \S+ has no way in$/,
  },
  'I4 a key that two accounts own': {
    breaks: async (scene) => {
      const { account } = await scene.latchkey.deps.accounts.load(scene.ann);
      if (account.status !== 'active' || account.methods[1]?.kind !== 'identity') return;
      const { identityId } = account.methods[1];
      const data = { provider: 'github', attemptId: 't', identityId, personal: closed };
      await append(scene, scene.bob, { type: 'ProviderLinked', data });
    },
    about: 'accounts',
    told: /^I4: identity \S+ belongs to \S+ and to \S+$/,
  },
  'a key whose owner does not hold it': {
    breaks: async (scene) => {
      const data = { provider: 'github', attemptId: 't', identityId: key('i'), personal: closed };
      await append(scene, scene.bob, { type: 'ProviderLinked', data });
    },
    about: 'claims',
    told: /^not held by their owner \(I4\): identity iii/,
  },
};

describe.each(terminalKinds)('doctor on %s', (kind) => {
  const scene = async (): Promise<Scene> => {
    const terminal = await terminalOn(kind);
    const latchkey = await terminal.open();
    const ann = await somebodyWithAPast(latchkey.deps, 'ann');
    const bob = await registered(latchkey.deps, 'bob');
    await latchkey.deps.queues.idle();
    const ids = { ann: ann.session.accountId, bob: bob.session.accountId };
    return { latchkey, terminal, ...ids };
  };

  test('finds nothing wrong where nothing is', async () => {
    const { terminal } = await scene();
    expect(badOnes(await told(terminal))).toEqual([]);
    expect(await told(terminal, { repair: true })).toMatchObject({ healthy: true, mended: [] });
  });

  test.each(Object.entries(breakages))(
    'names %s',
    async (_name, { breaks, about, ...expected }) => {
      const now = await scene();
      await breaks(now);

      const found = badOnes(await told(now.terminal));
      expect(found.map((finding) => finding.about)).toContain(about);
      const finding = found.find((one) => one.about === about);
      expect(finding?.told).toMatch(expected.told);

      const after = await told(now.terminal, { repair: true });
      if (expected.mended === undefined) {
        expect(after.findings).toContainEqual(finding);
        return;
      }
      expect(after.mended.some((line) => line.startsWith(expected.mended ?? ''))).toBe(true);
      expect(badOnes(after)).toEqual([]);
      expect(await told(now.terminal, { repair: true })).toMatchObject({
        healthy: true,
        mended: [],
      });
    },
  );
});

describe('doctor --repair', () => {
  test('leaves everything alone where an old event was changed: what its log forgot is still needed', async () => {
    const terminal = await terminalOn('the embedded log');
    const latchkey = await terminal.open();
    const { deps } = latchkey;
    const ann = await somebodyWithAPast(deps, 'ann');
    const { accountId } = ann.session;
    const { account } = await deps.accounts.load(accountId);
    if (account.status !== 'active') throw new Error('not active');
    const credentialId = passwordOf(account)?.credentialId ?? '';
    await deps.vault.settle(await deps.vault.unsettled(new Date(Date.now() + 60_000), 100));
    // More than a start reads again.
    const later = new StreamAuthor('account-later');
    const fenced = { type: 'AttemptFenced', data: { attemptId: 'a' } };
    await deps.store.append([later.next(...Array.from({ length: 1_100 }, () => fenced))]);
    const now = { terminal, latchkey, ann: accountId, bob: '' };
    const other = `replace(data, '${credentialId}', '${deps.newId()}')`;
    sql(now, 'lookups', `UPDATE events SET data = ${other} WHERE stream = 'account-${accountId}'`);

    const after = await told(terminal, { repair: true });

    expect(badOnes(after).map(({ about }) => about)).toEqual(
      expect.arrayContaining(['chains', 'vault rows']),
    );
    expect(after.mended).toEqual([expect.stringContaining('nothing: the log is damaged')]);
    expect(await deps.vault.credentials.get(credentialId)).toBeDefined();
  });
});
