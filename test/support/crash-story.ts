import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Deps } from '../../commands/deps.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { brokenInvariants } from './account-invariants.ts';
import { CrashSwitch } from './crash.ts';
import {
  asking,
  password,
  registered,
  registration,
  startOn,
  type TestProcess,
} from './installation.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import type { LogKind } from './test-logs.ts';

/** A command under test: the scene it needs, the wish, and what must be true once it was issued again. */
export interface Story {
  readonly scene: (deps: Deps) => Promise<void>;
  readonly wish: (deps: Deps) => Promise<{ readonly ok: boolean }>;
  readonly check: (deps: Deps) => Promise<void>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The identity that stories connect, and that somebody else wants afterwards. */
export const identity = {
  provider: 'github',
  profile: { issuer: 'https://github.com', subject: '42', handle: 'ann' },
};
export const identityId = (deps: Deps) => deps.keyOf('identity', 'https://github.com\u000042');

/** Somebody who signs in by password and wants something. Throws where they cannot. */
export async function signedIn(deps: Deps, identifier = 'ann') {
  const answer = await signIn(deps, { ...asking, identifier, password });
  if (!answer.ok) throw new Error(`${identifier} cannot sign in`);
  const loaded = await deps.accounts.load(answer.accountId);
  const session = (await deps.vault.sessions.list(answer.accountId, deps.clock()))[0];
  if (!session) throw new Error('no session');
  return { ...asking, session, loaded };
}

/** False once the command ran to its end without meeting the crash. */
export async function crashesAt(
  story: Story,
  { at, kind }: { readonly at: number; readonly kind: LogKind },
): Promise<boolean> {
  const dir = temporaryDirectory();
  const clock = { now: new Date() };
  const sleep = () => Promise.resolve();
  const { env = {} } = story;
  const before = await startOn(kind, { dir, clock, sleep, env });
  await story.scene(before.deps);
  await before.close();

  const crash = new CrashSwitch(at);
  const dying = await startOn(kind, {
    dir,
    clock,
    sleep,
    env,
    wrapStore: crash.wrapStore,
    wrapVault: crash.wrapVault,
    wrapErased: crash.wrapErased,
  });
  const first = await story.wish(dying.deps).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'crash' });
    return undefined;
  });
  await dying.close();
  expect(first?.ok ?? true).toBe(true);

  const after = await startOn(kind, { dir, clock, sleep, env });
  expect(await story.wish(after.deps), `issued again after step ${at}`).toMatchObject({ ok: true });
  await story.check(after.deps);
  await nothingIsLocked(after);
  expect(await brokenInvariants(after)).toEqual([]);
  await after.close();
  return first === undefined;
}

/** Whoever comes later can have what the crashed command wanted, or is rightly told that it is taken. */
export async function nothingIsLocked({
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
