import { describe, expect, test, vi } from 'vitest';
import { guard } from '../../commands/guard.ts';
import { signIn } from '../../commands/sign-in.ts';
import { VaultFault } from '../../vault/vault.ts';
import { asking, password, registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { withMethod } from '../support/with-method.ts';

const right = { ...asking, identifier: 'ann', password };

describe('a sign-in', () => {
  test('asks for its session and its activity in one breath, so that they share a commit', async () => {
    const { deps, vault, close } = await startProcess({ dir: temporaryDirectory() });
    await registered(deps, 'ann');
    const asked: string[] = [];
    const sessions = withMethod(vault.sessions, 'start', async (session) => {
      const started = vault.sessions.start(session);
      asked.push('session');
      await started.then(() => asked.push('committed'));
      return started;
    });
    const activity = withMethod(vault.activity, 'record', (entry) => {
      asked.push('activity');
      return vault.activity.record(entry);
    });

    expect(await signIn({ ...deps, vault: { ...vault, sessions, activity } }, right)).toMatchObject(
      { ok: true },
    );

    expect(asked).toEqual(['session', 'activity', 'committed']);
    await close();
  });

  test('stands where its activity cannot be written, and that is reported', async () => {
    const { deps, vault, reports, close } = await startProcess({ dir: temporaryDirectory() });
    await registered(deps, 'ann');
    const activity = withMethod(vault.activity, 'record', () =>
      Promise.reject(new VaultFault('unavailable', 'no room')),
    );

    const answer = await signIn({ ...deps, vault: { ...vault, activity } }, right);

    expect(answer.ok && (await guard(deps, answer.issued.token))).toBeTruthy();
    await vi.waitFor(() => expect(reports).toMatchObject([{ what: 'recording-activity' }]));
    await close();
  });
});
