import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fixAnswer } from '../../commands/answer-pending.ts';
import { keepTokens } from '../../commands/keep-tokens.ts';
import { moveIdentity } from '../../commands/move-identity.ts';
import { registerByIdentity } from '../../commands/register-by-identity.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { asking, registered, startProcess } from '../support/installation.ts';
import { newStranger } from '../support/provider-trips.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { withMethod } from '../support/with-method.ts';
import { connectTrip, pendingOf, trip, withApis } from '../support/token-trips.ts';

let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider();
});
afterAll(() => local.close());

async function open(dir = temporaryDirectory(), env = withApis(local)) {
  const opened = await startProcess({ dir, env });
  onTestFinished(opened.close);
  return { ...opened, dir };
}

const bytesIn = (dir: string) =>
  Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));

describe('O11: tokens of a provider with an API', () => {
  test.each(roleNames)('%s: are kept, sealed, after a yes and not before', async (role) => {
    const { deps, vault, dir } = await open();
    const ann = await registered(deps, 'ann');
    const arrived = await trip(deps, ann, { role, intent: 'link', stranger: newStranger() });
    const pending = await pendingOf(deps, ann, arrived);
    const { accountId } = ann.session;
    expect(await vault.tokens.ownersOf(accountId)).toEqual([]);

    const owner = await connectTrip(deps, ann, { role, stranger: newStranger() });

    const kept = await vault.tokens.get(owner);
    expect(kept?.accessToken).toMatch(/^access_/);
    expect(pending.tokens?.accessToken).toMatch(/^access_/);
    const bytes = bytesIn(dir);
    expect(bytes.includes(accountId)).toBe(true);
    for (const token of [kept, pending.tokens]) {
      expect(bytes.includes(token?.accessToken ?? '')).toBe(false);
      if (token?.refreshToken) expect(bytes.includes(token.refreshToken)).toBe(false);
    }
  });

  test('are not kept where no API is configured', async () => {
    const { deps, vault } = await open(undefined, {
      ...withApis(local),
      GITHUB_API_SCOPES: '',
    });
    const ann = await registered(deps, 'ann');
    const owner = await connectTrip(deps, ann, { role: 'github', stranger: newStranger() });

    expect(await vault.tokens.get(owner)).toBeUndefined();
  });

  test('are not kept after a no', async () => {
    const { deps, vault } = await open();
    const ann = await registered(deps, 'ann');
    const asked = { role: 'github', intent: 'link', stranger: newStranger() } as const;
    const pending = await pendingOf(deps, ann, await trip(deps, ann, asked));

    await fixAnswer(deps, pending, 'cancel');

    expect(await vault.tokens.ownersOf(ann.session.accountId)).toEqual([]);
  });

  test.each(['github', 'acme'] as const)(
    '%s: come with a new account, and anew with every sign-in',
    async (role) => {
      const { deps, vault } = await open();
      const stranger = newStranger();
      const asked = { role, intent: 'continue', stranger } as const;
      const pending = await pendingOf(deps, undefined, await trip(deps, undefined, asked));
      const form = { email: '', username: stranger.handle, name: 'Ann' };
      const made = await registerByIdentity(deps, asking, { pending, form });
      if (!made.ok) throw new Error(made.why);
      const [owner] = await vault.tokens.ownersOf(made.accountId);
      if (!owner) throw new Error('nothing was kept');
      const first = await vault.tokens.get(owner);

      expect(await trip(deps, undefined, asked)).toMatchObject({ to: 'signed-in' });

      const second = await vault.tokens.get(owner);
      expect(second?.version).toBe(2);
      expect(second?.accessToken).not.toBe(first?.accessToken);
    },
  );

  test('keep the refresh token that a later sign-in does not bring again', async () => {
    const { deps, vault } = await open();
    const ann = await registered(deps, 'ann');
    const stranger = newStranger();
    const owner = await connectTrip(deps, ann, { role: 'github', stranger });
    const { accountId } = ann.session;
    const held = await vault.tokens.get(owner);
    if (!held) throw new Error('nothing was kept');

    await keepTokens(deps, owner, { ...held, accessToken: 'new', refreshToken: null });

    expect(await vault.tokens.get({ ...owner, accountId })).toMatchObject({
      accessToken: 'new',
      refreshToken: held.refreshToken,
    });
  });

  test('go with an identity that moves: the old account keeps none, and the consent stays', async () => {
    const { deps, vault } = await open();
    const [ann, ben] = [await registered(deps, 'ann'), await registered(deps, 'ben')];
    const stranger = newStranger();
    const owner = await connectTrip(deps, ann, { role: 'github', stranger });
    const asked = { role: 'github', intent: 'link', stranger } as const;
    const pending = await pendingOf(deps, ben, await trip(deps, ben, asked));

    expect(await moveIdentity(deps, ben, pending)).toBeUndefined();

    expect(await vault.tokens.get(owner)).toBeUndefined();
    const { account } = await deps.accounts.load(ann.session.accountId);
    expect(account).toMatchObject({ grantsDue: [] });
    expect(local.seen.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test.each(['github', 'acme'] as const)(
    '%s: are not left where the identity was disconnected meanwhile',
    async (role: RoleName) => {
      const { deps, vault } = await open();
      const ann = await registered(deps, 'ann');
      const owner = await connectTrip(deps, ann, { role, stranger: newStranger() });
      const kept = await vault.tokens.get(owner);
      // Between the look at the account and the row: the worst moment there is.
      const put: typeof vault.tokens.put = async (...args) => {
        expect(await unlinkProvider(deps, ann, owner)).toMatchObject({ ok: true });
        await expect.poll(() => vault.tokens.get(owner)).toBeUndefined();
        await vault.tokens.put(...args);
      };
      const tokens = withMethod(vault.tokens, 'put', put);

      await keepTokens({ ...deps, vault: { ...vault, tokens } }, owner, kept ?? null);

      await expect.poll(() => vault.tokens.get(owner)).toBeUndefined();
    },
  );
});
