import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { deleteAccount, finishDeletion } from '../../commands/delete-account.ts';
import type { Deps } from '../../commands/deps.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { CrashSwitch } from '../support/crash.ts';
import {
  asking,
  password,
  registered,
  registration,
  startOn,
  type TestProcess,
} from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds, type LogKind } from '../support/test-logs.ts';

/** A command under test: the scene it needs, the wish, and what must be true once it was issued again. */
interface Story {
  readonly scene: (deps: Deps) => Promise<void>;
  readonly wish: (deps: Deps) => Promise<{ readonly ok: boolean }>;
  readonly check: (deps: Deps) => Promise<void>;
}

const identity = {
  provider: 'github',
  profile: { issuer: 'https://github.com', subject: '42', handle: 'ann' },
};
const identityId = (deps: Deps) => deps.keyOf('identity', 'https://github.com\u000042');

const signedIn = async (deps: Deps, identifier = 'ann') => {
  const answer = await signIn(deps, { ...asking, identifier, password });
  if (!answer.ok) throw new Error(`${identifier} cannot sign in`);
  const loaded = await deps.accounts.load(answer.accountId);
  const session = (await deps.vault.sessions.list(answer.accountId, deps.clock()))[0];
  if (!session) throw new Error('no session');
  return { ...asking, session, loaded };
};

const cause = (deps: Deps) => ({ actor: 'system', requestId: 'r', at: deps.clock() }) as const;
const formId = randomUUID();

const stories: Readonly<Record<string, Story>> = {
  register: {
    scene: async () => undefined,
    wish: (deps) => registerUser(deps, registration('ann', formId)),
    check: async (deps) => {
      await expect(signedIn(deps)).resolves.toBeDefined();
    },
  },
  'change e-mail': {
    scene: async (deps) => void (await registered(deps, 'ann')),
    wish: async (deps) =>
      changeProfile(deps, await signedIn(deps), {
        username: 'ann',
        name: 'Ann',
        email: 'new@example.org',
      }),
    check: async (deps) => {
      await expect(signedIn(deps, 'new@example.org')).resolves.toBeDefined();
      await expect(signedIn(deps, 'ann@example.org')).rejects.toThrow('cannot sign in');
    },
  },
  link: {
    scene: async (deps) => void (await registered(deps, 'ann')),
    wish: async (deps) => linkProvider(deps, await signedIn(deps), identity),
    check: async (deps) => {
      const { loaded } = await signedIn(deps);
      expect(loaded.account).toMatchObject({ methods: [{}, { identityId: identityId(deps) }] });
    },
  },
  unlink: {
    scene: async (deps) => {
      await linkProvider(deps, await registered(deps, 'ann'), identity);
    },
    wish: async (deps) => {
      const asker = await signedIn(deps);
      const ref = { provider: 'github', identityId: identityId(deps) };
      const answer = await unlinkProvider(deps, asker, ref);
      // Issued again after it was done, there is nothing left to take away.
      const again = !answer.ok && answer.refusals[0].code === 'method-not-linked';
      return { ok: answer.ok || again };
    },
    check: async (deps) => {
      const { loaded } = await signedIn(deps);
      expect(loaded.account).toMatchObject({ methods: [{ kind: 'password' }] });
    },
  },
  delete: {
    scene: async (deps) => {
      const asker = await registered(deps, 'ann');
      await linkProvider(deps, asker, identity);
      await deleteAccount(deps, asker);
    },
    wish: async (deps) => {
      const accountId = deps.lookups.accountByKey('username', deps.keyOf('username', 'ann'));
      return finishDeletion(deps, accountId ?? (await onlyAccount(deps)), cause(deps));
    },
    check: async (deps) => {
      const { account } = await deps.accounts.load(await onlyAccount(deps));
      if (account.status !== 'deleted') throw new Error('the account is still there');
      expect(await deps.vault.keys.get(account.keyId)).toBe('erased');
    },
  },
};

async function onlyAccount({ store }: Deps): Promise<string> {
  const end = new AbortController();
  for await (const item of store.subscribe({ prefixes: ['account-'], signal: end.signal })) {
    if (!('caughtUp' in item)) return item.stream.slice('account-'.length);
  }
  throw new Error('there is no account');
}

/** Whoever comes later can have what the crashed command wanted, or is rightly told that it is taken. */
async function nothingIsLocked({
  deps,
  clock,
}: Pick<TestProcess, 'deps' | 'clock'>): Promise<void> {
  clock.now = new Date(clock.now.getTime() + 61_000);
  for (const name of ['bob', 'ann']) {
    const answer = await registerUser(deps, registration(name));
    if (!answer.ok) expect(answer).toMatchObject({ why: 'refused' });
  }
  const asker = await registered(deps, `later-${randomUUID().slice(0, 8)}`);
  const linked = await linkProvider(deps, asker, identity);
  if (!linked.ok) expect(linked.refusals[0].code).toBe('identity-taken');
}

describe.each(logKinds)('on %s', (kind) => {
  test.each(Object.keys(stories))(
    'F2 I4 a crash at any step of %s leaves it whole or not begun, and issuing it again gives one result',
    { timeout: 120_000 },
    async (name) => {
      const story = stories[name];
      if (!story) throw new Error(name);
      let at = 1;
      while (await crashesAt(story, { at, kind })) at += 1;
      expect(at).toBeGreaterThan(3);
    },
  );
});

/** False once the command ran to its end without meeting the crash. */
async function crashesAt(
  story: Story,
  { at, kind }: { readonly at: number; readonly kind: LogKind },
): Promise<boolean> {
  const dir = temporaryDirectory();
  const clock = { now: new Date() };
  const sleep = () => Promise.resolve();
  const before = await startOn(kind, { dir, clock, sleep });
  await story.scene(before.deps);
  await before.close();

  const crash = new CrashSwitch(at);
  const dying = await startOn(kind, {
    dir,
    clock,
    sleep,
    wrapStore: crash.wrapStore,
    wrapVault: crash.wrapVault,
  });
  const first = await story.wish(dying.deps).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'crash' });
    return undefined;
  });
  await dying.close();
  expect(first?.ok ?? true).toBe(true);

  const after = await startOn(kind, { dir, clock, sleep });
  expect(await story.wish(after.deps), `issued again after step ${at}`).toMatchObject({ ok: true });
  await story.check(after.deps);
  await nothingIsLocked(after);
  expect(await brokenInvariants(after)).toEqual([]);
  await after.close();
  return first === undefined;
}
