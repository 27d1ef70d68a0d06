import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import type { Handshake, Pending } from '../../vault/vault-round-trips.ts';
import { annSession, noon, openVaultOfAnn } from './open-test-vault.ts';

const minutesAfter = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

const handshake: Handshake = {
  browser: 'browser-1',
  sessionId: null,
  accountId: null,
  provider: 'github',
  issuer: 'https://github.com',
  redirectUri: 'http://localhost:3000/auth/github/callback',
  intent: 'continue',
  identityId: null,
  kept: 'the verifier',
  redirectTo: '/settings',
  startedAt: noon,
};

const pending: Pending = {
  pendingId: 'pending-1',
  browser: 'browser-1',
  sessionId: 'session-1',
  accountId: 'ann',
  provider: 'github',
  identityId: 'k'.repeat(43),
  profile: { issuer: 'https://github.com', subject: '42', handle: 'octoann' },
  provedEmail: null,
  holderId: null,
  allowed: ['link', 'cancel'],
  tokens: null,
  redirectTo: '/settings/connections',
  madeAt: noon,
};

describe('a handshake', () => {
  test('is found by its state as it was begun', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.roundTrips.handshakes.begin('state-1', handshake);

    expect(await vault.roundTrips.handshakes.find('state-1', noon)).toEqual(handshake);
    expect(await vault.roundTrips.handshakes.find('state-2', noon)).toBeUndefined();
  });

  test('G2 GHSA-7w99-5wm4-3g79 is spent by one of many that come at once, and then gone', async () => {
    const { vault } = await openVaultOfAnn();
    const { handshakes } = vault.roundTrips;
    await handshakes.begin('state-1', handshake);

    const spent = await Promise.all([1, 2, 3, 4].map(() => handshakes.consume('state-1', noon)));

    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await handshakes.find('state-1', noon)).toBeUndefined();
  });

  test('G2 that the version before marked as spent stays spent', async () => {
    const { vault, path } = await openVaultOfAnn();
    const { handshakes } = vault.roundTrips;
    await handshakes.begin('state-1', handshake);
    const file = new SqliteDb(path);
    file.exec(`UPDATE round_trips SET answer = 'spent'`);
    file.close();

    expect(await handshakes.find('state-1', noon)).toBeUndefined();
    expect(await handshakes.consume('state-1', noon)).toBe(false);
  });

  test('that is still on its way into the file is dropped with those of its browser', async () => {
    const { vault } = await openVaultOfAnn();
    const { handshakes, dropOf } = vault.roundTrips;

    const begun = handshakes.begin('state-1', handshake);
    await Promise.all([begun, dropOf({ browser: 'browser-1' })]);

    expect(await handshakes.find('state-1', noon)).toBeUndefined();
  });

  test('is over after ten minutes, and never out of the future (F22)', async () => {
    const { vault } = await openVaultOfAnn();
    const { handshakes } = vault.roundTrips;
    await handshakes.begin('state-1', handshake);

    expect(await handshakes.find('state-1', minutesAfter(9))).toBeDefined();
    expect(await handshakes.consume('state-1', minutesAfter(10))).toBe(false);
    expect(await handshakes.find('state-1', minutesAfter(-2))).toBeUndefined();
  });

  test('G3 is one of ten at most in one browser: the oldest goes first', async () => {
    const { vault } = await openVaultOfAnn();
    const { handshakes } = vault.roundTrips;
    const others = { ...handshake, browser: 'browser-2' };
    await handshakes.begin('other', others);
    for (let count = 1; count <= 12; count += 1) await handshakes.begin(`s${count}`, handshake);

    const alive = await Promise.all(
      Array.from({ length: 12 }, (_, index) => handshakes.find(`s${index + 1}`, noon)),
    );

    expect(alive.map(Boolean)).toEqual([false, false, ...Array<boolean>(10).fill(true)]);
    expect(await handshakes.find('other', noon)).toBeDefined();
  });
});

describe('an answer that is waited for', () => {
  test('is found as it was made', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.roundTrips.pendings.make(pending);

    expect(await vault.roundTrips.pendings.find('pending-1', noon)).toEqual(pending);
  });

  test('H5 is fixed once: the same answer again goes on, another is refused', async () => {
    const { vault } = await openVaultOfAnn();
    const { pendings } = vault.roundTrips;
    await pendings.make(pending);

    expect(await pendings.fix('pending-1', 'link', noon)).toBe('first');
    expect(await pendings.fix('pending-1', 'link', noon)).toBe('again');
    expect(await pendings.fix('pending-1', 'move', noon)).toBe('other');
    expect(await pendings.fix('pending-1', 'link', minutesAfter(10))).toBeUndefined();
  });

  test('is no handshake, whatever its id is', async () => {
    const { vault } = await openVaultOfAnn();
    await vault.roundTrips.pendings.make(pending);

    expect(await vault.roundTrips.handshakes.find('pending-1', noon)).toBeUndefined();
    expect(await vault.roundTrips.handshakes.consume('pending-1', noon)).toBe(false);
  });
});

test('H5 everything of a browser, a session or an account goes together', async () => {
  const { vault } = await openVaultOfAnn();
  const { handshakes, pendings, dropOf } = vault.roundTrips;
  await handshakes.begin('mine', handshake);
  await handshakes.begin('elsewhere', { ...handshake, browser: 'browser-2' });
  await pendings.make({ ...pending, browser: 'browser-3' });

  await dropOf({ browser: 'browser-1', sessionId: 'session-1' });

  expect(await handshakes.find('mine', noon)).toBeUndefined();
  expect(await pendings.find('pending-1', noon)).toBeUndefined();
  expect(await handshakes.find('elsewhere', noon)).toBeDefined();
});

test('neither state nor what is kept of a round trip stands in the file', async () => {
  const { vault, path } = await openVaultOfAnn();
  await vault.sessions.start(annSession);
  await vault.roundTrips.handshakes.begin('the-state-of-it', handshake);
  await vault.roundTrips.pendings.make(pending);
  await vault.close();

  const bytes = readFileSync(path);
  for (const secret of ['the-state-of-it', 'the verifier', 'octoann', 'pending-1']) {
    expect(bytes.includes(secret), secret).toBe(false);
  }
  expect(bytes.includes('browser-1')).toBe(true); // a keyed hash, and the proof that the file was read
});
