import { expect, onTestFinished, test } from 'vitest';
import { countedStore, type Calls } from '../../bench/counted-store.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import { registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
const issuer = 'https://github.com';
const github = (subject: string) => ({ provider: 'github', profile: { issuer, subject } });

async function ann() {
  let calls: Calls = { order: '' };
  const process = await startProcess({
    dir: temporaryDirectory(),
    env,
    wrapStore: (store) => {
      const counted = countedStore(store);
      calls = counted.calls;
      return counted.store;
    },
  });
  onTestFinished(process.close);
  const { deps } = process;
  const seen = await registered(deps, 'ann');
  const refOf = (subject: string) => ({
    provider: 'github',
    identityId: deps.keyOf('identity', `${issuer}\u0000${subject}`),
  });
  calls.order = '';
  return { ...process, calls, seen, refOf };
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
