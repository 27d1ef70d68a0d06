import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainAccount, explainHolders, explainSignInVerb } from '../../cli/explain.ts';
import { replay } from '../../cli/replay.ts';
import { removePassword } from '../../commands/remove-password.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registered } from '../support/installation.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { atGitHub, nextPassword, somebodyWithAPast } from '../support/stored-account.ts';
import { terminalKinds, terminalOn, type Terminal } from '../support/terminal.ts';

const ofPeople = /ann|bob|example\.org|192\.0\.2|handle-|github\.com/i;
const withoutIds = (text: string) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{43}/g, '');

async function scene(terminal: Terminal) {
  const { deps } = await terminal.open();
  const ann = await somebodyWithAPast(deps, 'ann');
  const bob = await registered(deps, 'bob');
  return { deps, ann, bob, annId: ann.session.accountId, bobId: bob.session.accountId };
}

describe.each(terminalKinds)('on %s, replay', (kind) => {
  test('tells what each event changed, up to any revision, and what is other since; names nobody', async () => {
    const terminal = await terminalOn(kind);
    const { annId } = await scene(terminal);
    const whole = await terminal.run(replay, [annId]);
    expect(whole.json).toMatchObject({
      steps: [
        { revision: 0, type: 'UserRegistered' },
        { revision: 1, type: 'ProfileChanged', changes: [] },
        { revision: 2, type: 'EmailChanged', changes: [{ path: 'email.key' }, {}] },
        { revision: 3, type: 'ProviderLinked', changes: [{ path: 'methods' }] },
        { revision: 4, type: 'PasswordSet' },
      ],
      account: { status: 'active', profile: 'closed' },
      since: [],
      laterEvents: 0,
    });
    expect(withoutIds(whole.text)).not.toMatch(ofPeople);

    const early = await terminal.run(replay, [annId], { to: '2' });
    expect(early.json).toMatchObject({
      laterEvents: 2,
      account: { methods: [{ kind: 'password' }] },
    });
    expect(early.text).toMatch(/2 events later, now:\n +- methods .*password/);
    await expect(terminal.run(replay, [annId], { to: 'yesterday' })).rejects.toThrow('--to wants');
  });

  test('of everything tells accounts and keys then and now, the same however often', async () => {
    const terminal = await terminalOn(kind);
    const { deps } = await scene(terminal);
    const head = await deps.store.head();
    const first = await terminal.run(replay);
    expect(first.json).toMatchObject({
      now: { accounts: { active: 2 }, keys: { email: 2, username: 2, identity: 1 } },
      differences: [],
    });
    await registered(deps, 'carl');
    const again = await terminal.run(replay, [], { to: String(head) });
    const { then, now } = first.json as { then: unknown; now: unknown };
    expect(then).toEqual(now);
    expect(again.json).toMatchObject({
      then,
      differences: [{ about: 'account', was: null }, {}, {}],
    });
    const begin = await terminal.run(replay, [], { to: '2000-01-01T00:00:00Z' });
    expect(begin.json).toMatchObject({ then: { events: 0, accounts: {} } });
  });

  test('F21 meets an erased account without a fault, and calls a missing key missing', async () => {
    const terminal = await terminalOn(kind);
    const { deps, ann, annId, bobId } = await scene(terminal);
    await deps.vault.keys.erase(ann.account.keyId, annId);
    const erased = await terminal.run(replay, [annId], { open: true });
    expect(erased).toMatchObject({ exitCode: 0, json: { account: { profile: 'erased' } } });
    const db = new SqliteDb(join(terminal.dir, 'vault.db'));
    db.run('DELETE FROM keys WHERE account_id = ?', annId);
    db.close();
    const missing = await terminal.run(replay, [annId], { open: true });
    expect(missing).toMatchObject({
      exitCode: 1,
      json: { fault: 'key-missing', account: { profile: 'closed' } },
    });
    const other = await terminal.run(replay, [bobId], { open: true });
    expect(other).toMatchObject({
      exitCode: 0,
      json: { account: { profile: { username: 'bob' } } },
    });
    expect(await terminal.run(replay)).toMatchObject({
      json: { now: { accounts: { active: 2 } } },
    });
  });
});

describe.each(terminalKinds)('on %s, explain', (kind) => {
  test('sign-in says what stood against it, by who owned the name then', async () => {
    const terminal = await terminalOn(kind, {
      env: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' },
    });
    const { deps, ann, annId } = await scene(terminal);
    const ask = (named: string, at: Date) =>
      terminal.run(explainSignInVerb, [named], { at: at.toISOString() });

    const before = await ask('ann', new Date(0));
    expect(before.json).toMatchObject({
      accountId: null,
      against: ['no account had this username then'],
    });
    const removed = await removePassword(deps, ann, nextPassword);
    if (!removed.ok) throw new Error('the password stays');
    const now = await ask('Ann@new.example.org', new Date(Date.now() + 1_000));
    expect(now.json).toMatchObject({
      accountId: annId,
      against: ['the account had no password then: only its providers opened it'],
    });
    expect(now.text).toMatch(/every session from before revision 5 ended with PasswordRemoved/);
    expect(withoutIds(now.text)).not.toMatch(/ann|example\.org|192\.0\.2/i);
    expect((await ask('nobody', new Date())).text).toContain('no account had this username then');
  });

  test('holders names every account that ever owned an identity, and how long', async () => {
    const terminal = await terminalOn(kind);
    const { deps, ann, bob, annId, bobId } = await scene(terminal);
    const { provider, profile } = atGitHub('ann');
    const method = ann.account.methods.find((one) => one.kind === 'identity');
    const taken = { provider, identityId: method?.identityId ?? '' };
    const unlinked = await unlinkProvider(deps, ann, taken);
    if (!unlinked.ok) throw new Error('the identity stays');
    await deps.queues.idle();
    expect(await linkProvider(deps, bob, { provider, profile })).toMatchObject({ ok: true });

    const answer = await terminal.run(explainHolders, ['identity', profile.subject], {
      issuer: profile.issuer,
    });
    expect(answer.json).toMatchObject({
      ownerships: [
        { accountId: annId, fromRevision: 3 },
        { accountId: bobId, fromRevision: 1, until: null },
      ],
    });
    expect(withoutIds(answer.text)).not.toMatch(ofPeople);
    const old = await terminal.run(explainHolders, ['email', 'ANN@example.org']);
    expect(old.json).toMatchObject({ ownerships: [{ accountId: annId, fromRevision: 0 }] });
    const none = await terminal.run(explainHolders, ['username', 'carl']);
    expect(none.text).toBe('no account ever owned this username');
    await expect(terminal.run(explainHolders, ['identity', '5'])).rejects.toThrow('--issuer');
  });

  test('account tells what it was, and what is other now', async () => {
    const terminal = await terminalOn(kind);
    const { annId } = await scene(terminal);
    const answer = await terminal.run(explainAccount, [annId], { at: '1' });
    expect(answer.json).toMatchObject({
      revision: 1,
      laterEvents: 3,
      account: { profile: 'closed' },
    });
    const opened = await terminal.run(explainAccount, [annId], { at: '0', open: true });
    expect(opened.json).toMatchObject({ account: { profile: { name: 'Person ann' } } });
  });
});
