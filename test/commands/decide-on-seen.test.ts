import { expect, test } from 'vitest';
import { linkProvider } from '../../commands/link-provider.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { startCounted } from '../support/counted-process.ts';
import { registered } from '../support/installation.ts';

const issuer = 'https://github.com';
const github = (subject: string) => ({ provider: 'github', profile: { issuer, subject } });

async function ann() {
  const process = await startCounted();
  const { deps, calls } = process;
  const seen = await registered(deps, 'ann');
  const refOf = (subject: string) => ({
    provider: 'github',
    identityId: deps.keyOf('identity', `${issuer}\u0000${subject}`),
  });
  calls.order = '';
  return { ...process, seen, refOf };
}

test('a command goes ahead on what the guard of its request read', async () => {
  const { deps, calls, seen } = await ann();

  expect(await linkProvider(deps, seen, github('1'))).toMatchObject({ ok: true });

  expect(calls.order).toBe('a');
});

test('what others changed since then is read, and decided on anew', async () => {
  const { deps, calls, seen } = await ann();
  await linkProvider(deps, seen, github('1'));
  calls.order = '';

  const linked = await linkProvider(deps, seen, github('2'));

  expect(linked).toMatchObject({ ok: true, before: { head: { revision: 1 } } });
  expect(calls.order).toBe('ara');
});

test('no refusal speaks of what the guard read', async () => {
  const { deps, seen, refOf } = await ann();
  await linkProvider(deps, seen, github('1'));

  expect(await unlinkProvider(deps, seen, refOf('1'))).toMatchObject({ ok: true });
});

test('that there is nothing to do is not said of what the guard read', async () => {
  const { deps, seen, refOf } = await ann();
  await linkProvider(deps, seen, github('1'));
  const before = { ...seen, loaded: await deps.accounts.load(seen.session.accountId) };
  await unlinkProvider(deps, before, refOf('1'));

  expect(await linkProvider(deps, before, github('1'))).toMatchObject({
    refusals: [{ code: 'session-ended' }],
  });
});

test('behind another command of the account, what the guard read is not tried', async () => {
  const { deps, calls, seen } = await ann();

  await Promise.all(['1', '2'].map((subject) => linkProvider(deps, seen, github(subject))));

  expect(calls.order).toBe('ara');
});
