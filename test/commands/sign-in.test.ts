import { describe, expect, test, vi } from 'vitest';
import { guard } from '../../commands/guard.ts';
import { signIn } from '../../commands/sign-in.ts';
import { VaultFault } from '../../vault/vault.ts';
import { asking, password, registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { withMethod } from '../support/with-method.ts';

const right = { ...asking, identifier: 'ann', password };

describe('a sign-in', () => {
  test('stands in the activity when it is answered, by one write of the vault', async () => {
    const { deps, vault, clock, close } = await startProcess({ dir: temporaryDirectory() });
    const { session } = await registered(deps, 'ann');
    let writes = 0;
    const sessions = withMethod(vault.sessions, 'start', (started) => {
      writes += 1;
      return vault.sessions.start(started);
    });
    const activity = new Proxy(vault.activity, { get: () => () => (writes += 1) });

    const answer = await signIn({ ...deps, vault: { ...vault, sessions, activity } }, right);

    expect(await vault.activity.list(session.accountId, 10)).toMatchObject([
      { kind: 'signed-in', method: { kind: 'password' }, at: clock.now, device: asking.from },
    ]);
    expect(answer.ok && (await guard(deps, answer.issued.token))).toBeTruthy();
    expect(writes).toBe(1);
    await close();
  });

  test('that is refused is answered though that cannot be noted, and the failure is reported', async () => {
    const { deps, vault, reports, close } = await startProcess({ dir: temporaryDirectory() });
    await registered(deps, 'ann');
    const activity = withMethod(vault.activity, 'record', () =>
      Promise.reject(new VaultFault('unavailable', 'no room')),
    );

    const wrong = { ...right, password: 'another harbour candle' };
    const answer = await signIn({ ...deps, vault: { ...vault, activity } }, wrong);

    expect(answer).toMatchObject({ ok: false, why: 'wrong-proof' });
    await vi.waitFor(() => expect(reports).toMatchObject([{ what: 'recording-activity' }]));
    await close();
  });
});
