import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { backUp } from '../../commands/back-up.ts';
import { changeProfile } from '../../commands/change-profile.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { eraseAccount } from '../../commands/erase-account.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { makeRecoveryLink } from '../../commands/make-recovery-link.ts';
import { openLatchkey } from '../../commands/open-latchkey.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { readEnvironment } from '../../config/environment.ts';
import { identityValue } from '../../domain/identity.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { dataKeyContext } from '../../vault/key-contexts.ts';
import { MasterKeyRing } from '../../vault/master-keys.ts';
import { asking, asGuarded, password, registration, startOn } from '../support/installation.ts';
import { whereBytesFound, whereFound, type Place } from '../support/needles.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

const person = {
  email: 'wilhelmine.oedegard+schluessel@kaesefondue.example',
  username: 'kaleidoskop-quizz.77',
  name: 'Władysława Ćwiklińska-Quetzalcoatlus',
};
const next = 'neue.anschrift@rhabarberkompott.example';
const profile = {
  issuer: 'https://github.com',
  subject: 'subject-8842719-Zimtschnecke',
  handle: 'xylofonbauer-am-werk',
  email: 'anderswo@pflaumenmus.example',
  name: 'Xylofonbauer Przybyszewski',
};
const from = { ip: '2001:db8:4711:815::beef', userAgent: 'Leckfinder/7.3 (Wahrzeichenbrowser)' };
const accessToken = 'gho_ZwetschgendatschiMitStreuseln4711';
const texts = [
  ...Object.values(person),
  next,
  profile.subject,
  profile.handle,
  profile.email,
  profile.name,
  ...Object.values(from),
  accessToken,
  password,
];

const keyRow = z.object({
  key_id: z.string(),
  account_id: z.string(),
  master_key_id: z.string(),
});
const credentialRow = z.object({ credential_id: z.string() });

/** Every file below a directory, as its bytes. */
const filesIn = (directory: string): readonly Place[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { name: path.slice(directory.length + 1), bytes: readFileSync(path) };
    });

/** A whole life, with something in every table that is somebody's. Answers whose it was. */
async function live(deps: Deps): Promise<string> {
  const here = { ...asking, from };
  const made = await registerUser(deps, { ...registration('x'), ...person, from });
  if (!made.ok) throw new Error('could not register');
  const asker = { ...(await asGuarded(deps, made.issued.token)), from };
  await linkProvider(deps, asker, { provider: 'github', profile });
  await changeProfile(deps, asker, { ...person, email: next });
  await signIn(deps, { ...here, identifier: person.username, password: 'not the right one' });
  await signIn(deps, { ...here, identifier: person.username, password });
  const { accountId } = made;
  const loaded = await deps.accounts.load(accountId);
  await makeRecoveryLink(deps, loaded);
  const { keyId } = asker.account;
  const identityId = deps.keyOf('identity', identityValue(profile));
  const owner = { accountId, provider: 'github', identityId, keyId };
  const tokens = { accessToken, refreshToken: null, expiresAt: null, scopes: [] };
  await deps.vault.tokens.put(owner, tokens);
  await expect.poll(() => deps.vault.activity.list(accountId, 10)).toHaveLength(3);
  return accountId;
}

/** What the vault holds of the account in bytes: wrapped and sealed, and what is inside, opened with the master key. */
async function secretsOf(deps: Deps, path: string, masterKey: { id: string; key: Buffer }) {
  const db = new SqliteDb(path);
  const bytes = (sql: string) => Buffer.from(Object.values(db.get(sql) ?? {})[0] as Uint8Array);
  const key = keyRow.parse(db.get('SELECT key_id, account_id, master_key_id FROM keys'));
  const { credential_id: credentialId } = credentialRow.parse(
    db.get('SELECT credential_id FROM credentials'),
  );
  const wrapped = bytes('SELECT wrapped FROM keys');
  const sealed = {
    'the wrapped key': wrapped,
    'the sealed hash': bytes('SELECT hash FROM credentials'),
    'a sealed device': bytes('SELECT device FROM sessions'),
    'a sealed entry': bytes('SELECT entry FROM activity'),
    'the sealed tokens': bytes('SELECT content FROM tokens'),
    'the hash of a session token': bytes('SELECT token_hash FROM sessions'),
    'the hash of a recovery link': bytes('SELECT token_hash FROM recoveries'),
  };
  db.close();
  const context = dataKeyContext(key.key_id, key.account_id);
  const ring = new MasterKeyRing([masterKey]);
  const dataKey = ring.unwrap(context, key.master_key_id, wrapped);
  const credential = await deps.vault.credentials.get(credentialId);
  const opened = {
    'the data key': Buffer.from(dataKey),
    'the password hash': Buffer.from(credential?.hash ?? ''),
  };
  return { sealed, opened };
}

/** Which of the texts and bytes stand anywhere. */
const found = (places: readonly Place[], secrets: Readonly<Record<string, Buffer>>) => [
  ...texts.flatMap((text) => whereFound(text, places).map((where) => `${text}: ${where}`)),
  ...Object.entries(secrets).flatMap(([what, bytes]) =>
    whereBytesFound(bytes, places).map((where) => `${what}: ${where}`),
  ),
];

async function erase(deps: Deps, accountId: string, token: string): Promise<void> {
  const asker = { ...(await asGuarded(deps, token)), from };
  expect(await deleteAccount(deps, asker)).toMatchObject({ ok: true });
  expect(await eraseAccount(deps, { accountId, requestId: 'r' })).toBe(true);
}

async function tokenOf(deps: Deps): Promise<string> {
  const answer = await signIn(deps, { ...asking, from, identifier: person.username, password });
  if (!answer.ok) throw new Error('cannot sign in');
  return answer.issued.token;
}

describe.each(logKinds)('I9 on %s', (kind) => {
  test('nothing of an erased person stands in any file, while processes run and after', async () => {
    const dir = temporaryDirectory();
    const env = { DELETE_GRACE_DAYS: '0', RATE_LIMITS: 'on' };
    const mine = await startOn(kind, { dir, env });
    const other = await startOn(kind, { dir, env });
    const accountId = await live(mine.deps);
    const masterKey = { id: 'm-test', key: Buffer.alloc(32, 7) };
    const path = join(dir, 'vault.db');
    const { sealed, opened } = await secretsOf(mine.deps, path, masterKey);
    // The search finds what rightly stands there before, and nothing that never may.
    const before = Object.entries(sealed).map(([what, bytes]) => [
      what,
      whereBytesFound(bytes, filesIn(dir)).length > 0,
    ]);
    expect(before).toEqual(Object.keys(sealed).map((what) => [what, true]));
    expect(found(filesIn(dir), opened)).toEqual([]);

    await other.deps.accounts.loadOpened(accountId);
    await erase(mine.deps, accountId, await tokenOf(mine.deps));
    await mine.level();

    const secrets = { ...sealed, ...opened };
    expect(found(filesIn(dir), secrets)).toEqual([]);
    expect(mine.reports).toEqual([]);
    await other.close();
    await mine.close();
    expect(found(filesIn(dir), secrets)).toEqual([]);
  });
});

describe('I9 in a backup made after an erasure', () => {
  test('stands nothing of the person either, nor in the list of the erased', async () => {
    const root = temporaryDirectory();
    const dataDir = join(root, 'data');
    const environment = readEnvironment({
      DATA_DIR: dataDir,
      BCRYPT_COST: '4',
      DELETE_GRACE_DAYS: '0',
      RATE_LIMITS: 'on',
    });
    const latchkey = await openLatchkey(environment, {
      report: ({ what, error }) => {
        throw new Error(what, { cause: error });
      },
    });
    onTestFinished(() => latchkey.close());
    const { deps, secrets: kept } = latchkey;
    const accountId = await live(deps);
    const [masterKey] = kept.masterKeys;
    if (!masterKey) throw new Error('no master key');
    const path = join(dataDir, 'vault.db');
    const { sealed, opened } = await secretsOf(deps, path, masterKey);
    await backUp(latchkey, { dataDir, directory: join(root, 'before') });
    const old = whereBytesFound(sealed['the wrapped key'], filesIn(join(root, 'before')));
    expect(old.length).toBeGreaterThan(0);

    await erase(deps, accountId, await tokenOf(deps));
    await backUp(latchkey, { dataDir, directory: join(root, 'after') });

    const places = [...filesIn(dataDir), ...filesIn(join(root, 'after'))];
    expect(places.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['erased.jsonl', 'log.db', 'vault.db', 'manifest.json']),
    );
    expect(found(places, { ...sealed, ...opened })).toEqual([]);
  });
});
