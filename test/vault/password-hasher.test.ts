import { randomBytes } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPasswordHasher, type PasswordHasherOptions } from '../../vault/password-hasher.ts';
import { openTestVault } from './open-test-vault.ts';

const lane = { address: '192.0.2.7', known: false };
const PASSWORD = 'correct horse battery staple';

/** Pre-hash keys by id; the last is the current one. */
function prehashKeys(...ids: readonly string[]) {
  const keys = new Map(ids.map((id) => [id, Buffer.alloc(48, id)]));
  const prehash = async (id: string) => keys.get(id) ?? Buffer.alloc(48);
  const current = ids.at(-1) ?? 'p1';
  return { prehash, currentPrehash: async () => ({ keyId: current, key: await prehash(current) }) };
}

/** A hasher that counts every bcrypt. */
function openHasher(given: Partial<PasswordHasherOptions> = {}) {
  const asked: string[] = [];
  const onHash = (kind: string) => asked.push(kind);
  const passwords = createPasswordHasher({
    cost: 4,
    prehashKeys: prehashKeys('p1'),
    threads: 1,
    onHash,
    ...given,
  });
  onTestFinished(() => passwords.close());
  return { passwords, asked };
}

describe('a password', () => {
  test('matches its own hash, and no other does', async () => {
    const { passwords } = openHasher();
    const stored = await passwords.hash(PASSWORD, lane);

    expect(stored.hash).toMatch(/^\$2b\$04\$/);
    expect(await passwords.verify(stored, PASSWORD, lane)).toEqual({
      matched: true,
      outdated: false,
    });
    expect(await passwords.verify(stored, `${PASSWORD}.`, lane)).toEqual({
      matched: false,
      outdated: false,
    });
  });

  test.each([
    { where: 'past 72 bytes', start: 'x'.repeat(72), right: 'a', wrong: 'b' },
    { where: 'past 72 bytes of emoji', start: '🐎'.repeat(18), right: 'a', wrong: 'b' },
    { where: 'after a NUL', start: 'before\u0000', right: 'a', wrong: 'b' },
    { where: 'up to 1,024 characters', start: 'x'.repeat(1_023), right: 'a', wrong: 'b' },
    { where: 'up to 1,024 emoji', start: '🐎'.repeat(1_023), right: '🐎', wrong: '🐴' },
  ])('counts whole $where (CVE-2025-22228)', async ({ start, right, wrong }) => {
    const { passwords } = openHasher();
    const stored = await passwords.hash(start + right, lane);

    expect(await passwords.verify(stored, start + right, lane)).toMatchObject({ matched: true });
    expect(await passwords.verify(stored, start + wrong, lane)).toMatchObject({ matched: false });
    expect(await passwords.verify(stored, start, lane)).toMatchObject({ matched: false });
  });

  test('is the same however a keyboard composes its letters', async () => {
    const { passwords } = openHasher();
    const stored = await passwords.hash('cafe\u0301 au lait ①', lane);

    expect(await passwords.verify(stored, 'caf\u00e9 au lait 1', lane)).toMatchObject({
      matched: true,
    });
  });

  test.each([
    ['empty', ''],
    ['longer than 1,024 characters', 'x'.repeat(1_025)],
    ['half a character', 'half \ud83d'],
  ])('that is %s is never hashed', async (_what, impossible) => {
    const { passwords, asked } = openHasher();

    await expect(passwords.hash(impossible, lane)).rejects.toThrow(RangeError);
    expect(asked).toEqual([]);
  });
});

describe('verifying takes exactly one bcrypt (CVE-2025-22228, CVE-2025-22234)', () => {
  const real = () => openHasher({ prehashKeys: prehashKeys('p1') });

  test.each([
    ['the password is right', PASSWORD, true],
    ['it is wrong', 'wrong', false],
    ['it is empty', '', false],
    ['it is longer than 1,024 characters (CVE-2025-22234)', PASSWORD.repeat(100), false],
    ['it is half a character', '\ud83d', false],
  ])('when %s', async (_when, password, matched) => {
    const { passwords, asked } = real();
    const stored = await passwords.hash(PASSWORD, lane);
    asked.length = 0;

    expect(await passwords.verify(stored, password, lane)).toMatchObject({ matched });
    expect(asked).toEqual(['compare']);
  });

  test.each([
    ['the account has no password, or does not exist', PASSWORD],
    ['and none was typed', ''],
    ['and one too long was typed (CVE-2025-22234)', 'x'.repeat(5_000)],
  ])('when %s', async (_when, password) => {
    const { passwords, asked } = real();

    expect(await passwords.verify(null, password, lane)).toEqual({
      matched: false,
      outdated: false,
    });
    expect(asked).toEqual(['compare']);
  });

  test('when what is stored is no bcrypt hash', async () => {
    const { passwords, asked } = real();
    const stored = { hash: 'plain', prehashKeyId: 'p1' };

    expect(await passwords.verify(stored, 'plain', lane)).toMatchObject({ matched: false });
    expect(asked).toEqual(['compare']);
  });

  test('that costs as much for nobody as for somebody (allauth 65.3.0)', async () => {
    const { passwords } = openHasher({ cost: 10 });
    const stored = await passwords.hash(PASSWORD, lane);
    const time = async (whose: typeof stored | null, password: string) => {
      const start = performance.now();
      await passwords.verify(whose, password, lane);
      return performance.now() - start;
    };
    const times = {
      wrong: [] as number[],
      nobody: [] as number[],
      long: [] as number[],
      torn: [] as number[],
    };
    for (let round = 0; round < 7; round += 1) {
      times.wrong.push(await time(stored, 'wrong'));
      times.nobody.push(await time(null, 'wrong'));
      times.long.push(await time(stored, 'x'.repeat(1_025)));
      times.torn.push(await time({ ...stored, hash: stored.hash.slice(1) }, 'wrong'));
    }

    // The quickest of each: whatever else runs on the machine only adds to it.
    const least = Math.min(...times.wrong);
    expect(Math.min(...times.nobody)).toBeGreaterThan(least / 4);
    expect(Math.min(...times.long)).toBeGreaterThan(least / 4);
    expect(Math.min(...times.torn)).toBeGreaterThan(least / 4);
  });
});

describe('a hash is outdated', () => {
  test('when its cost is lower than today’s, and only told to who knows the password', async () => {
    const old = await openHasher({ cost: 4 }).passwords.hash(PASSWORD, lane);
    const { passwords } = openHasher({ cost: 5 });

    expect(await passwords.verify(old, PASSWORD, lane)).toEqual({ matched: true, outdated: true });
    expect(await passwords.verify(old, 'wrong', lane)).toEqual({ matched: false, outdated: false });
  });

  test('when its pre-hash key is not the current one; it still matches (rodauth pepper rotation)', async () => {
    const { vault } = await openTestVault();
    const { passwords } = openHasher({ prehashKeys: vault.installationKeys });
    const old = await passwords.hash(PASSWORD, lane);
    const { keyId } = await vault.installationKeys.renewPrehash();

    expect(await passwords.verify(old, PASSWORD, lane)).toEqual({ matched: true, outdated: true });
    const anew = await passwords.hash(PASSWORD, lane);
    expect(anew.prehashKeyId).toBe(keyId);
    expect(await passwords.verify(anew, PASSWORD, lane)).toEqual({
      matched: true,
      outdated: false,
    });
  });

  test('and never matches under another pre-hash key', async () => {
    const { passwords } = openHasher({ prehashKeys: prehashKeys('p1', 'p2') });
    const stored = await passwords.hash(PASSWORD, lane);

    const moved = { ...stored, prehashKeyId: 'p1' };
    expect(await passwords.verify(moved, PASSWORD, lane)).toMatchObject({ matched: false });
  });

  test('as a bare bcrypt of the password is no match: the pre-hash is keyed', async () => {
    const { passwords } = openHasher();
    const bare = { hash: hashSync(PASSWORD, 4), prehashKeyId: 'p1' };

    expect(await passwords.verify(bare, PASSWORD, lane)).toMatchObject({ matched: false });
  });
});

describe('hashing', () => {
  test('never stalls the event loop', async () => {
    const { passwords } = openHasher({ cost: 11, threads: 2 });
    await passwords.verify(null, 'warm up', lane);
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    onTestFinished(() => clearInterval(ticking));
    const start = performance.now();

    await Promise.all(Array.from({ length: 8 }, () => passwords.verify(null, 'wrong', lane)));

    // One bcrypt of this cost takes over 100 ms: hashing here would leave one turn for each, or none.
    expect(turns).toBeGreaterThan((performance.now() - start) / 50);
  });

  test('that has no place to wait is refused as overloaded, and the rest goes on', async () => {
    const { passwords } = openHasher({ cost: 8, maxQueue: 2 });
    const all = Array.from({ length: 20 }, () => passwords.verify(null, 'wrong', lane));

    const settled = await Promise.allSettled(all);

    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(17);
    expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
  });

  test('serves a known browser and a quiet address long before a flood is over (H16)', async () => {
    const { passwords } = openHasher({ cost: 8 });
    await passwords.verify(null, 'warm up', lane);
    const order: string[] = [];
    const verify = async (who: string, address: string, known: boolean) => {
      await passwords.verify(null, 'wrong', { address, known });
      order.push(who);
    };
    const flood = Array.from({ length: 40 }, () => verify('loud', '192.0.2.7', false));

    await Promise.all([
      ...flood,
      verify('quiet', '198.51.100.1', false),
      verify('known', '192.0.2.7', true),
    ]);

    // Without turns they would come last, 41st and 42nd.
    expect(order.indexOf('quiet')).toBeLessThan(20);
    expect(order.indexOf('known')).toBeLessThan(20);
  });

  test('finishes what was taken when it closes, and takes nothing more', async () => {
    const { passwords } = openHasher({ cost: 8 });
    const taken = Array.from({ length: 5 }, () =>
      passwords.verify(null, randomBytes(9).toString(), lane),
    );
    // They look up their keys first.
    await new Promise((resolve) => setImmediate(resolve));

    const closed = passwords.close();

    await expect(passwords.verify(null, 'late', lane)).rejects.toMatchObject({
      code: 'overloaded',
    });
    expect(await Promise.all(taken)).toHaveLength(5);
    await closed;
  });
});
