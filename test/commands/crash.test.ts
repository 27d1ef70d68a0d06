import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { crashesAt, identity, identityId, signedIn, type Story } from '../support/crash-story.ts';
import { registered, registration } from '../support/installation.ts';
import { logKinds } from '../support/test-logs.ts';

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
};

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
