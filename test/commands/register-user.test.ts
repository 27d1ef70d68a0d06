import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { guard } from '../../commands/guard.ts';
import { registerUser } from '../../commands/register-user.ts';
import { allAccounts, brokenInvariants } from '../support/account-invariants.ts';
import { registered, registration, startOn, toldToTryAgain } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds, type LogKind } from '../support/test-logs.ts';

const open = (kind: LogKind = 'the embedded log') => startOn(kind, { dir: temporaryDirectory() });

describe('registering', () => {
  test('makes an account and signs it in', async () => {
    const { deps, close } = await open();
    const form = registration('ann');
    const answer = await registerUser(deps, form);
    expect(answer).toMatchObject({ ok: true, accountId: form.accountId });
    if (answer.ok) expect(await guard(deps, answer.issued.token)).toBeDefined();
    await close();
  });

  test('tells every taken field at once, and leaves nothing behind', async () => {
    const { deps, store, close } = await open();
    await registered(deps, 'ann');
    const head = await store.head();
    const answer = await registerUser(deps, { ...registration('ann'), email: 'ANN@EXAMPLE.ORG' });
    expect(answer).toMatchObject({
      why: 'refused',
      refusals: [{ code: 'email-taken' }, { code: 'username-taken' }],
    });
    expect(await store.head()).toBe(head);
    await close();
  });

  test('is refused where accounts cannot be made', async () => {
    const dir = temporaryDirectory();
    const { deps, close } = await startOn('the embedded log', { dir, env: { SIGN_UP: 'closed' } });
    const answer = await registerUser(deps, registration('ann'));
    expect(answer).toMatchObject({ refusals: [{ code: 'sign-up-closed' }] });
    await close();
  });
});

describe('F14 the same form sent again', () => {
  test('signs in and makes no second account', async () => {
    const { deps, store, close } = await open();
    const form = registration('ann');
    await registerUser(deps, form);
    const head = await store.head();
    expect(await registerUser(deps, form)).toMatchObject({ ok: true, accountId: form.accountId });
    expect(await store.head()).toBe(head);
    await close();
  });

  test.each([
    ['another password', { password: 'another harbour candle' }],
    ['another e-mail', { email: 'other@example.org' }],
    ['another username', { username: 'other' }],
  ])('with %s is told that it was sent before', async (_what, changed) => {
    const { deps, close } = await open();
    const form = registration('ann');
    await registerUser(deps, form);
    const answer = await registerUser(deps, { ...form, ...changed });
    expect(answer).toMatchObject({ refusals: [{ code: 'already-registered' }] });
    await close();
  });

  test.each(logKinds)('ten times at once makes one account, on %s', async (kind) => {
    const process = await open(kind);
    const form = registration('ann');
    const sent = Array.from({ length: 10 }, () => registerUser(process.deps, form));
    for (const answer of await Promise.all(sent)) {
      expect(answer).toMatchObject({ ok: true, accountId: form.accountId });
    }
    expect(await brokenInvariants(process)).toEqual([]);
    await process.close();
  });
});

/** One e-mail in fifty spellings and widths; U+FF21 is a fullwidth A. */
const spelling = (index: number): string =>
  [...'ann@example.org']
    .map((letter, place) => ((index >> (place % 6)) & 1 ? letter.toUpperCase() : letter))
    .map((letter) => (index % 3 === 0 ? wide(letter) : letter))
    .join('');

const wide = (letter: string): string =>
  /[a-zA-Z]/.test(letter) ? String.fromCodePoint(0xfee0 + letter.charCodeAt(0)) : letter;

describe('F11 fifty registrations of one e-mail in mixed spellings and widths', () => {
  test.each(logKinds)('make one account, on %s', { timeout: 60_000 }, async (kind) => {
    const process = await open(kind);
    const forms = Array.from({ length: 50 }, (_, index) => ({
      ...registration(`user${index}`),
      email: spelling(index),
    }));
    const { deps } = process;
    const answers = await Promise.all(
      forms.map((form) => registerUser(deps, form).catch(toldToTryAgain)),
    );
    await deps.queues.idle();
    expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    for (const answer of answers) {
      if (!answer.ok && answer.why !== 'try-again') {
        expect(answer).toMatchObject({ refusals: [{ code: 'email-taken' }] });
      }
    }
    const made = [...(await allAccounts(process)).values()];
    expect(made.filter(({ status }) => status === 'active')).toHaveLength(1);
    expect(await brokenInvariants(process)).toEqual([]);
    await process.close();
  });
});

test('a claim that a lost race had taken is given back at once', async () => {
  const { deps, close } = await open('the embedded log, one stream at a time');
  await registered(deps, 'ann');
  // Lookups that lag tell nobody: the loser takes its e-mail first and learns of the name by its claim.
  const lookups = new Proxy(deps.lookups, { get: () => () => undefined });
  const form = { ...registration('bob'), username: 'ann' };
  const lost = await registerUser({ ...deps, lookups }, form);
  expect(lost).toMatchObject({ refusals: [{ code: 'username-taken' }] });
  // No lease passes before the next one may have the e-mail.
  expect(await registerUser(deps, registration('bob'))).toMatchObject({ ok: true });
  await close();
});

test('F11 a username that was undone by a lost race is free for the next', async () => {
  const { deps, close } = await open('the embedded log, one stream at a time');
  await registered(deps, 'ann');
  const lost = await registerUser(deps, { ...registration('bob'), email: 'ann@example.org' });
  expect(lost.ok).toBe(false);
  expect(await registerUser(deps, registration('bob', randomUUID()))).toMatchObject({ ok: true });
  await close();
});
