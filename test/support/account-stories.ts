import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { identity, identityId, signedIn, type Story } from './crash-story.ts';
import { registered, registration } from './installation.ts';

const formId = randomUUID();

/** What is crashed and killed at every step. */
export const accountStories: Readonly<Record<string, Story>> = {
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
