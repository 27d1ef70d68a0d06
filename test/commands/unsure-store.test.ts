import { describe, expect, test } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { registerUser } from '../../commands/register-user.ts';
import {
  Conflict,
  OutcomeUnknown,
  Unavailable,
  type EventStore,
  type StreamWrite,
} from '../../eventstore/event-store.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { registered, registration, startOn } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds } from '../support/test-logs.ts';

type Append = (
  store: EventStore,
  writes: readonly StreamWrite[],
) => ReturnType<EventStore['append']>;

/** The real store, with another way to append. */
const appending =
  (append: Append) =>
  (store: EventStore): EventStore => ({
    atomic: store.atomic,
    read: (...asked) => store.read(...asked),
    append: (writes) => append(store, writes),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  });

const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));
const form = { username: 'anna', name: 'Anna', email: 'anna@example.org' };

describe.each(logKinds)('on %s', (kind) => {
  test.each(['written', 'not written'])(
    'an append of unknown outcome that was %s is sent again, and gives one result',
    async (fate) => {
      const seen = new Set<string>();
      const wrapStore = appending(async (store, writes) => {
        const key = writes.map(({ events }) => events[0]?.id).join();
        if (seen.has(key)) return store.append(writes);
        seen.add(key);
        if (fate === 'written') await store.append(writes);
        throw new OutcomeUnknown('the answer was lost');
      });
      const process = await startOn(kind, { dir: temporaryDirectory(), wrapStore, sleep });
      expect(await registerUser(process.deps, registration('ann'))).toMatchObject({ ok: true });
      expect(await brokenInvariants(process)).toEqual([]);
      await process.close();
    },
  );

  test('F16 three conflicts are retried on a fresh read', async () => {
    let conflicts = 0;
    const wrapStore = appending((store, writes) => {
      const account = writes.find(({ stream }) => stream.startsWith('account-'));
      if (account?.expected !== 0 || conflicts >= 3) return store.append(writes);
      conflicts += 1;
      return Promise.reject(new Conflict(account));
    });
    const process = await startOn(kind, { dir: temporaryDirectory(), wrapStore, sleep });
    const ann = await registered(process.deps, 'ann');
    expect(await changeProfile(process.deps, ann, form)).toMatchObject({ ok: true });
    expect(conflicts).toBe(3);
    await process.close();
  });

  test('F16 conflicts for ever end in "try again", with nothing changed and nothing locked', async () => {
    let storm = false;
    const wrapStore = appending((store, writes) => {
      const account = writes.find(({ stream }) => stream.startsWith('account-'));
      if (!storm || !account) return store.append(writes);
      return Promise.reject(new Conflict(account));
    });
    const process = await startOn(kind, { dir: temporaryDirectory(), wrapStore, sleep });
    const ann = await registered(process.deps, 'ann');
    storm = true;
    await expect(changeProfile(process.deps, ann, form)).rejects.toMatchObject({
      code: 'try-again',
    });
    storm = false;
    const other = { ...registration('bob'), email: form.email };
    await expect
      .poll(() => registerUser(process.deps, other), { timeout: 5_000 })
      .toMatchObject({ ok: true });
    expect(await brokenInvariants(process)).toEqual([]);
    await process.close();
  });

  test('a log that cannot be reached refuses at once, and a later try goes through', async () => {
    let away = true;
    const wrapStore = appending((store, writes) =>
      away ? Promise.reject(new Unavailable('away')) : store.append(writes),
    );
    const process = await startOn(kind, { dir: temporaryDirectory(), wrapStore, sleep });
    const sent = registration('ann');
    await expect(registerUser(process.deps, sent)).rejects.toMatchObject({ code: 'unavailable' });
    away = false;
    expect(await registerUser(process.deps, sent)).toMatchObject({ ok: true });
    expect(await brokenInvariants(process)).toEqual([]);
    await process.close();
  });
});
