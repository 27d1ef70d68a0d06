import { describe, expect, test, vi } from 'vitest';
import type { Deps } from '../../commands/deps.ts';
import { execute } from '../../commands/execute.ts';
import { keepTokens } from '../../commands/keep-tokens.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { sweepVault } from '../../commands/sweep-vault.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { unlinkProvider as rule } from '../../domain/account/unlink-provider.ts';
import type { StreamWrite } from '../../eventstore/event-store.ts';
import { startCounted } from '../support/counted-process.ts';
import { registered } from '../support/installation.ts';

const issuer = 'https://github.com';
const fresh = { accessToken: 'new', refreshToken: null, expiresAt: null, scopes: [] };

/** Ann, who signs in with GitHub, of which nothing is kept. */
async function annOfGithub() {
  const process = await startCounted();
  const { deps, calls } = process;
  const ann = await registered(deps, 'ann');
  const { accountId } = ann.session;
  const link = async (subject: string) => {
    await linkProvider(deps, ann, { provider: 'github', profile: { issuer, subject } });
    const identityId = deps.keyOf('identity', `${issuer}\u0000${subject}`);
    return { accountId, provider: 'github', identityId };
  };
  const owner = await link('1');
  const seen = { ...ann, loaded: await deps.accounts.load(accountId) };
  calls.order = '';
  return { ...process, ann: seen, owner, link };
}

/** What the history says since the identity came, oldest first. */
async function told(deps: Deps, accountId: string) {
  const history = await deps.accounts.history(accountId);
  return history
    .slice(2)
    .map(({ event, recorded: { metadata } }) => [
      event.type,
      metadata.actor,
      ...(event.type === 'GrantRevoked' ? [event.outcome] : []),
    ]);
}

const noted = [
  ['ProviderUnlinked', 'self'],
  ['GrantRevoked', 'system', 'unsupported'],
];

describe('where nothing is kept that a provider could be asked with', () => {
  test('what comes of the consent is written in the append of the disconnect, and nothing is left to do', async () => {
    const { deps, ann, owner, calls } = await annOfGithub();

    expect(await unlinkProvider(deps, ann, owner)).toMatchObject({ ok: true });

    // The claim that is released, and the append.
    expect(calls.order).toBe('ra');
    expect(await told(deps, owner.accountId)).toEqual(noted);
  });

  test('no token is left that a sign-in brought in the moment before the event', async () => {
    const { deps, ann, owner } = await annOfGithub();
    const append = async (writes: readonly StreamWrite[]) => {
      await keepTokens(deps, owner, fresh);
      expect(await deps.vault.tokens.get(owner)).toBeDefined();
      return deps.store.append(writes);
    };

    await unlinkProvider({ ...deps, store: { ...deps.store, append } }, ann, owner);

    expect(await deps.vault.tokens.get(owner)).toBeUndefined();
    expect(await told(deps, owner.accountId)).toEqual(noted);
  });

  test('F2: a crash right after the event leaves such tokens to the sweep', async () => {
    const { deps, ann, owner } = await annOfGithub();
    const { keyId } = ann.account;
    vi.spyOn(deps.vault.tokens, 'delete').mockRejectedValueOnce(new Error('the process died'));
    await expect(unlinkProvider(deps, ann, owner)).rejects.toThrow('died');
    await deps.vault.tokens.put({ ...owner, keyId }, fresh);

    expect(await sweepVault(deps, 'sweep')).toBe(1);

    expect(await deps.vault.tokens.get(owner)).toBeUndefined();
    expect(await told(deps, owner.accountId)).toEqual(noted);
  });

  test('F2: what an earlier disconnect left to be taken back, with a crash, is taken back now', async () => {
    const { deps, ann, owner, link } = await annOfGithub();
    const other = await link('2');
    const { configured } = deps.policy;
    await execute(deps, {
      accountId: other.accountId,
      cause: { actor: 'self', requestId: 'died', at: new Date() },
      decide: (account) => rule({ ...other, reason: 'asked', at: '', configured }, account),
    });
    const revision = 3;
    const session = { ...ann.session, provedRevision: revision };

    await unlinkProvider(deps, { ...ann, session }, owner);

    await expect
      .poll(() => told(deps, owner.accountId))
      .toEqual([
        ['ProviderLinked', 'self'],
        ['ProviderUnlinked', 'self'],
        ...noted,
        ['GrantRevoked', 'system', 'unsupported'],
      ]);
  });
});
