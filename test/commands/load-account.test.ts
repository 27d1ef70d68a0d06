import { expect, test } from 'vitest';
import { fenceAttempt } from '../../commands/claims.ts';
import { registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('a fold never learns of an attempt beyond its own head (the rule "one read")', async () => {
  const { deps, clock, close } = await startProcess({ dir: temporaryDirectory() });
  const { session } = await registered(deps, 'ann');
  const { accountId } = session;
  const before = await deps.accounts.load(accountId);
  const cause = { actor: 'system', requestId: 'r', at: clock.now } as const;
  await fenceAttempt(deps, { head: before.head, accountId, attemptId: 'other' }, cause);
  const after = await deps.accounts.load(accountId);
  expect(after.fates.get('other')).toBe('fenced');
  expect(before.fates.get('other')).toBeUndefined();
  await close();
});
