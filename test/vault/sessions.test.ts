import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import {
  annSession,
  daysAfter,
  hoursAfter,
  noon,
  openTestVault,
  openVaultOfAnn,
} from './open-test-vault.ts';

function change(path: string, statement: string): void {
  const db = new SqliteDb(path);
  db.exec(statement);
  db.close();
}

function rowsIn(path: string): unknown {
  const db = new SqliteDb(path);
  const rows = db.get('SELECT count(*) AS rows FROM sessions')?.['rows'];
  db.close();
  return rows;
}

describe('a session', () => {
  test('is found by its token as it was started', async () => {
    const { vault } = await openVaultOfAnn();

    const { sessionId, token } = await vault.sessions.start(annSession);

    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await vault.sessions.find(token, noon)).toEqual({
      sessionId,
      accountId: 'ann',
      keyId: 'ann-key',
      method: { kind: 'password', credentialId: 'credential-1' },
      provedRevision: 3,
      closing: false,
      startedAt: noon,
      lastSeenAt: noon,
      reauthenticated: { at: noon, how: 'password', page: null },
    });
  });

  test('is found without a seal being opened, and listed with its device', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);
    expect(await vault.sessions.list('ann', noon)).toEqual([
      { ...(await vault.sessions.find(token, noon)), device: annSession.device },
    ]);

    change(path, 'UPDATE sessions SET device = zeroblob(64)');

    expect(await vault.sessions.find(token, noon)).toMatchObject({ sessionId });
    await expect(vault.sessions.list('ann', noon)).rejects.toMatchObject({ code: 'seal-broken' });
  });

  test('whose key has no record is a fault, never taken for ended', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);

    change(path, 'DELETE FROM keys');

    const missing = { code: 'key-missing' };
    await expect(vault.sessions.find(token, noon)).rejects.toMatchObject(missing);
    await expect(vault.sessions.list('ann', noon)).rejects.toMatchObject(missing);
  });

  test('by a provider keeps its identity and counts as no re-authentication', async () => {
    const { vault } = await openVaultOfAnn();
    const method = { kind: 'identity', provider: 'github', identityId: 'k'.repeat(43) } as const;

    const { token } = await vault.sessions.start({ ...annSession, method, proof: null });

    const session = await vault.sessions.find(token, noon);
    expect(session).toMatchObject({ method, reauthenticated: null });
  });

  test('is found by nothing but its token', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    for (const wrong of ['', sessionId, token.slice(1), `${token}A`, token.toLowerCase()]) {
      expect(await vault.sessions.find(wrong, noon)).toBeUndefined();
    }
  });

  test('survives a restart', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);
    await vault.close();

    const { vault: again } = await openTestVault({ path });

    expect(await again.sessions.find(token, noon)).toBeDefined();
  });

  test('cannot be started under an erased key, and ends with it', async () => {
    const { vault } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);
    await vault.keys.erase('ann-key', 'ann');

    expect(await vault.sessions.find(token, noon)).toBeUndefined();
    await expect(vault.sessions.start(annSession)).rejects.toMatchObject({ code: 'key-erased' });
  });
});

describe('the bounds of a session', () => {
  test('end it after 12 hours without use', async () => {
    const { vault } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);

    expect(await vault.sessions.find(token, hoursAfter(11.99))).toBeDefined();
    expect(await vault.sessions.find(token, hoursAfter(12))).toBeUndefined();
  });

  test('are pushed out by use', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    await vault.sessions.touch(sessionId, hoursAfter(11));

    const found = await vault.sessions.find(token, hoursAfter(22));
    expect(found?.lastSeenAt).toEqual(hoursAfter(11));
  });

  test('end it after 30 days however much it is used', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    for (let hours = 6; hours < 30 * 24; hours += 6) {
      await vault.sessions.touch(sessionId, hoursAfter(hours));
    }

    expect(await vault.sessions.find(token, hoursAfter(30 * 24 - 1))).toBeDefined();
    expect(await vault.sessions.find(token, daysAfter(30))).toBeUndefined();
  });

  test('cannot be pushed out once they are passed', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    await vault.sessions.touch(sessionId, hoursAfter(13));
    const proof = { at: hoursAfter(13), how: 'password', provedRevision: 4 } as const;

    expect(await vault.sessions.find(token, hoursAfter(13))).toBeUndefined();
    expect(await vault.sessions.reauthenticate(sessionId, proof)).toBeUndefined();
  });

  test('are not stretched by a clock that went back: what comes out of the future is dead (F22)', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    expect(await vault.sessions.find(token, hoursAfter(-1))).toBeUndefined();
    await vault.sessions.touch(sessionId, hoursAfter(11));
    expect(await vault.sessions.find(token, hoursAfter(2))).toBeUndefined();
  });

  test('bear clocks that differ by seconds (F22)', async () => {
    const { vault } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);

    expect(await vault.sessions.find(token, new Date(noon.getTime() - 5_000))).toBeDefined();
  });

  test('end it when the clock leaps a day ahead (F22)', async () => {
    const { vault } = await openVaultOfAnn();
    const { token } = await vault.sessions.start(annSession);

    expect(await vault.sessions.find(token, daysAfter(1))).toBeUndefined();
  });
});

describe('a new token', () => {
  test('comes with re-authentication; the old one is dead', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start({ ...annSession, proof: null });
    const at = hoursAfter(1);

    const issued = await vault.sessions.reauthenticate(sessionId, {
      at,
      how: 'strong',
      provedRevision: 9,
    });

    expect(issued?.sessionId).toBe(sessionId);
    expect(issued?.token).not.toBe(token);
    expect(await vault.sessions.find(token, at)).toBeUndefined();
    const session = await vault.sessions.find(issued?.token ?? '', at);
    expect(session).toMatchObject({
      startedAt: noon,
      provedRevision: 9,
      reauthenticated: { at, how: 'strong' },
    });
  });

  test('H4 that is weak is good for the page that asked, and spent by one submit of many', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId } = await vault.sessions.start(annSession);
    const proof = { at: noon, how: 'weak', page: '/settings', provedRevision: 3 } as const;
    const issued = await vault.sessions.reauthenticate(sessionId, proof);

    const spent = await Promise.all([1, 2, 3].map(() => vault.sessions.spendWeakProof(sessionId)));

    expect(spent.filter(Boolean)).toHaveLength(1);
    const session = await vault.sessions.find(issued?.token ?? '', noon);
    expect(session?.reauthenticated).toBeNull();
  });

  test('that is strong is not spent', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId } = await vault.sessions.start(annSession);

    expect(await vault.sessions.spendWeakProof(sessionId)).toBe(false);
  });

  test('comes with re-issue at a new revision and way in; the proof of presence stays', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);
    const method = { kind: 'password', credentialId: 'credential-2' } as const;

    const issued = await vault.sessions.reissue(sessionId, { provedRevision: 8, method });

    expect(await vault.sessions.find(token, noon)).toBeUndefined();
    const session = await vault.sessions.find(issued?.token ?? '', noon);
    expect(session).toMatchObject({ provedRevision: 8, method, reauthenticated: { at: noon } });
  });

  test('is not had for a session that is gone', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId } = await vault.sessions.start(annSession);
    await vault.sessions.end('ann', sessionId);
    const { method } = annSession;

    expect(await vault.sessions.reissue(sessionId, { provedRevision: 8, method })).toBeUndefined();
  });
});

describe('what the activity says of a session’s beginning', () => {
  test('is written with it, sealed as all activity, and by its way in alone', async () => {
    const { vault } = await openVaultOfAnn();

    await vault.sessions.start({ ...annSession, told: 'signed-in' });

    const { at, device } = annSession;
    const [told, ...others] = await vault.activity.list('ann', 10);
    expect(told).toMatchObject({ kind: 'signed-in', at, device, method: { kind: 'password' } });
    expect(others).toEqual([]);
  });

  test('is nothing where nothing is to be said, or where the session does not come to be', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.sessions.start(annSession);
    await vault.keys.mint({ keyId: 'bob-key', accountId: 'bob', attemptId: 'attempt-2' });
    const untold = {
      ...annSession,
      accountId: 'bob',
      keyId: 'bob-key',
      told: 'signed-in',
    } as const;
    const impossible = { ...untold, provedRevision: Number.NaN };

    await expect(vault.sessions.start(impossible)).rejects.toThrow('NOT NULL');

    expect(await vault.activity.list('ann', 10)).toEqual([]);
    expect(await vault.activity.list('bob', 10)).toEqual([]);
  });
});

describe('whether a session is still alive', () => {
  test('is told by its id: until it ends, and within both its bounds (H3)', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId } = await vault.sessions.start(annSession);
    const alive = (at: Date) => vault.sessions.isAlive(sessionId, at);

    expect(await alive(hoursAfter(11))).toBe(true);
    expect(await alive(hoursAfter(12))).toBe(false);
    expect(await alive(hoursAfter(-1))).toBe(false);
    await vault.sessions.end('ann', sessionId);
    expect(await alive(noon)).toBe(false);
  });
});

describe('the sessions of an account', () => {
  test('are listed newest first, without those out of their bounds', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.sessions.start({ ...annSession, at: hoursAfter(-13) });
    const first = await vault.sessions.start(annSession);
    // A clock that went back a little does not shuffle the list (F22).
    const second = await vault.sessions.start({
      ...annSession,
      at: new Date(noon.getTime() - 9_000),
    });

    const listed = await vault.sessions.list('ann', noon);

    expect(listed.map(({ sessionId }) => sessionId)).toEqual([second.sessionId, first.sessionId]);
    expect(listed[0]?.device).toEqual(annSession.device);
  });

  test('are ended one by one, by their own account only', async () => {
    const { vault } = await openVaultOfAnn();
    const { sessionId, token } = await vault.sessions.start(annSession);

    expect(await vault.sessions.end('bob', sessionId)).toBe(false);
    expect(await vault.sessions.find(token, noon)).toBeDefined();
    expect(await vault.sessions.end('ann', sessionId)).toBe(true);
    expect(await vault.sessions.end('ann', sessionId)).toBe(false);
    expect(await vault.sessions.find(token, noon)).toBeUndefined();
  });

  test('are ended together, with one spared or none', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.keys.mint({ keyId: 'bob-key', accountId: 'bob', attemptId: 'attempt-2' });
    const bob = await vault.sessions.start({ ...annSession, accountId: 'bob', keyId: 'bob-key' });
    const mine = await vault.sessions.start(annSession);
    await vault.sessions.start(annSession);
    await vault.sessions.start(annSession);

    expect(await vault.sessions.endAll('ann', mine.sessionId)).toBe(2);
    expect(await vault.sessions.find(mine.token, noon)).toBeDefined();
    expect(await vault.sessions.endAll('ann')).toBe(1);
    expect(await vault.sessions.find(bob.token, noon)).toBeDefined();
  });

  test('go but for one, which lives on under a new token; where that one is gone, they go all the same', async () => {
    const { vault } = await openVaultOfAnn();
    const mine = await vault.sessions.start(annSession);
    const other = await vault.sessions.start(annSession);
    const { method } = annSession;
    const proved = { provedRevision: 8, method };

    const issued = await vault.sessions.reissueAlone('ann', mine.sessionId, proved);

    expect(await vault.sessions.find(mine.token, noon)).toBeUndefined();
    expect(await vault.sessions.find(other.token, noon)).toBeUndefined();
    expect(await vault.sessions.find(issued?.token ?? '', noon)).toMatchObject(proved);
    expect(await vault.sessions.reissueAlone('ann', 'gone', proved)).toBeUndefined();
    expect(await vault.sessions.list('ann', noon)).toEqual([]);
  });

  test('are removed once out of their bounds', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.sessions.start({ ...annSession, at: hoursAfter(-13) });
    const { token } = await vault.sessions.start(annSession);

    await vault.prune(noon);

    expect(await vault.sessions.find(token, noon)).toBeDefined();
    await vault.close();
    const { vault: again } = await openTestVault({ path });
    // Nothing is left of the old one, even for a clock that would still accept it.
    expect(await again.sessions.list('ann', hoursAfter(-2))).toEqual([]);
  });

  test('are removed some at a time, so that no sign-in waits for the last', async () => {
    const { vault, path } = await openVaultOfAnn();
    await vault.sessions.start({ ...annSession, at: hoursAfter(-13) });
    // A hundred thousand that are over, and the newest that is not.
    const copy = `INSERT INTO sessions SELECT NULL, session_id || n.value, CAST(n.value AS BLOB), account_id, key_id,
        method, proved_revision, closing, started_at, last_seen_at, proof_at, proof_how, proof_page, device
      FROM sessions, json_each(?) n`;
    const db = new SqliteDb(path);
    db.run(copy, JSON.stringify(Array.from({ length: 100_000 }, (_, number) => number)));
    db.close();
    const { token } = await vault.sessions.start(annSession);
    let [over, entered] = [false, 0];

    const pruning = vault.prune(noon).then(() => (over = true));
    for (; !over; entered += 1) await vault.sessions.start(annSession);
    await pruning;

    // Each write of theirs shares its turn with one of the removal's.
    expect(entered).toBeGreaterThan(30);
    expect(await vault.sessions.find(token, noon)).toBeDefined();
    expect(rowsIn(path)).toBe(1 + entered);
  });
});
