import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { takeNotice } from '../../commands/provider-notice.ts';
import { sweepVault } from '../../commands/sweep-vault.ts';
import { signedRequest } from '../../dev/local-provider/facebook-notices.ts';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { registered, startProcess } from '../support/installation.ts';
import { newStranger } from '../support/provider-trips.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { connectTrip, withApis } from '../support/token-trips.ts';

let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider();
});
afterAll(() => local.close());

/** Ann, connected with Facebook, and how it tells us that she took that back. */
async function connected() {
  const dir = temporaryDirectory();
  const opened = await startProcess({ dir, env: withApis(local) });
  onTestFinished(opened.close);
  const ann = await registered(opened.deps, 'ann');
  const stranger = newStranger();
  const owner = await connectTrip(opened.deps, ann, { role: 'facebook', stranger });
  const provider = opened.deps.providers.get('facebook');
  if (!provider) throw new Error('not configured');
  const secret = local.environment.facebook['FACEBOOK_CLIENT_SECRET'] ?? '';
  const signed = signedRequest(secret, {
    user_id: stranger.subject,
    issued_at: Math.floor(Date.now() / 1000),
  });
  const told = { provider, kind: 'deauthorize', signed, requestId: 'r' } as const;
  return { ...opened, dir, ann, stranger, owner, told };
}
type Connected = Awaited<ReturnType<typeof connected>>;

const lastOf = async ({ deps, ann }: Pick<Connected, 'deps' | 'ann'>) => {
  const last = (await deps.accounts.history(ann.session.accountId)).at(-1);
  return { type: last?.event.type, actor: last?.recorded.metadata.actor };
};

describe('H13: what a provider tells us by itself', () => {
  test('is written down with the provider as actor, and its tokens and sessions go', async () => {
    const opened = await connected();
    const { deps, vault, owner, ann, told } = opened;

    expect(await takeNotice(deps, told)).toBeDefined();

    expect(await lastOf(opened)).toEqual({ type: 'ProviderUnlinked', actor: 'provider' });
    expect(await vault.tokens.get(owner)).toBeUndefined();
    expect(await vault.sessions.isAlive(ann.session.sessionId, new Date())).toBe(false);
  });

  test('F2: is carried out by the sweep where it could not be at once, and answered all the same', async () => {
    const opened = await connected();
    const { deps, told, vault, reports } = opened;
    const load = () => Promise.reject(new Error('the log is away'));
    const away = {
      ...deps,
      accounts: Object.assign(Object.create(deps.accounts) as object, { load }),
    };

    const taken = await takeNotice({ ...deps, ...(away as object) }, told);

    expect(taken?.code).toMatch(/^[\w-]{22}$/);
    expect(reports).toMatchObject([{ what: 'carrying-out-notice' }]);
    expect(await vault.notices.find(taken?.code ?? '')).toMatchObject({ doneAt: null });
    await sweepVault(deps, 'sweep');
    expect(await lastOf(opened)).toEqual({ type: 'ProviderUnlinked', actor: 'provider' });
    expect(await vault.notices.find(taken?.code ?? '')).toHaveProperty('doneAt.getTime');
  });

  test('F2: one that cannot be carried out stops neither the others nor the sweep', async () => {
    const { deps, told, reports, vault } = await connected();
    vi.spyOn(deps.accounts, 'history').mockRejectedValue(new Error('this account is broken'));
    const first = await takeNotice(deps, told);
    const signed = signedRequest(local.environment.facebook['FACEBOOK_CLIENT_SECRET'] ?? '', {
      user_id: newStranger().subject,
      issued_at: Math.floor(Date.now() / 1000),
    });
    const other = told.provider.readNotice?.(signed, deps.clock());
    if (!other) throw new Error('not signed');
    const { signature, ...about } = other;
    const notice = { provider: 'facebook', kind: 'deauthorize', ...about } as const;
    const { code } = await vault.notices.receive(notice, signature, deps.clock());

    await sweepVault(deps, 'sweep');

    expect(reports.map(({ what }) => what)).toEqual(['carrying-out-notice', 'carrying-out-notice']);
    expect(await vault.notices.find(first?.code ?? '')).toMatchObject({ doneAt: null });
    expect(await vault.notices.find(code)).toHaveProperty('doneAt.getTime');
  });

  test('is carried out once, however often and at once it is told', async () => {
    const opened = await connected();
    const { deps, told, ann } = opened;

    const codes = await Promise.all([1, 2, 3, 4].map(() => takeNotice(deps, told)));

    expect(new Set(codes.map((taken) => taken?.code)).size).toBe(1);
    const history = await deps.accounts.history(ann.session.accountId);
    expect(history.filter(({ event }) => event.type === 'ProviderUnlinked')).toHaveLength(1);
  });

  test('leaves no trace of whom it was about in the file, nor its code', async () => {
    const { deps, told, dir, stranger, close } = await connected();
    const taken = await takeNotice(deps, told);
    await close();

    const bytes = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
    expect(bytes.includes(stranger.subject)).toBe(false);
    expect(bytes.includes(taken?.code ?? 'none')).toBe(false);
  });

  test('is kept for ninety days for whoever has the code', async () => {
    const { deps, told, vault, clock } = await connected();
    const { code } = (await takeNotice(deps, told)) ?? { code: '' };
    const days = (count: number) => new Date(clock.now.getTime() + count * 86_400_000);

    await vault.prune(days(89));
    expect(await vault.notices.find(code)).toBeDefined();
    await vault.prune(days(91));
    expect(await vault.notices.find(code)).toBeUndefined();
  });

  test('is nothing at a provider that tells nothing', async () => {
    const { deps, told } = await connected();
    const github = deps.providers.get('github');

    expect(await takeNotice(deps, { ...told, provider: github ?? told.provider })).toBeUndefined();
  });
});
