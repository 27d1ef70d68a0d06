import { describe, expect, onTestFinished, test } from 'vitest';
import { doctor } from '../../cli/doctor.ts';
import { readEnvironment } from '../../config/environment.ts';
import { accessDenied } from '../support/esdb-peer/peer-switches.ts';
import { startPeer } from '../support/esdb-servers.ts';
import { freePort } from '../support/free-port.ts';
import { registered } from '../support/installation.ts';
import { serverCommands, ServerProcess } from '../support/server-process.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { terminalOn, type Terminal } from '../support/terminal.ts';
import { serverKinds } from '../support/test-logs.ts';

/** What the doctor says, line by line, and with which code it ends. */
async function said(terminal: Pick<Terminal, 'run'>) {
  const { text, exitCode } = await terminal.run(doctor);
  return {
    exitCode,
    line: (about: string) => text.split('\n').find((line) => line.includes(about)),
  };
}

/** The doctor of an installation whose log is at this address. */
async function doctorAt(url: string) {
  const environment = readEnvironment({ DATA_DIR: temporaryDirectory(), EVENTSTORE_URL: url });
  const call = { environment, argument: '', words: [], options: {}, interactive: false };
  return said({
    run: (verb) =>
      verb({
        ...call,
        open: async () => {
          throw new Error('it cannot be opened');
        },
      }),
  });
}

describe.each(serverKinds)('the doctor of a log on %s', (kind) => {
  test('says version, role, how soon it answers, and that nobody reads on', async () => {
    const terminal = await terminalOn(kind);
    const { deps } = await terminal.open();
    await registered(deps, 'ann');

    const { line } = await said(terminal);

    expect(line('server')).toMatch(
      /^ok {3}server +version \d+\.\d+\.\d+; 127\.0\.0\.1:\d+ leader$/,
    );
    expect(line('reached')).toMatch(/^ok {3}reached +in \d+ ms$/);
    expect(line('lag')).toMatch(
      /^ok {3}lag +\d+ bytes of the log, never whole yet; brought up to date by no running process$/,
    );
  });
});

describe.each(serverCommands)('the doctor of a log whose server, %s,', (_name, command) => {
  test('F23 is away, F24 or hangs, says so in time, whatever else there is', async () => {
    const server = await ServerProcess.start(command);
    onTestFinished(() => server.remove());
    expect((await doctorAt(server.url)).line('reached')).toMatch(/^ok /);

    server.signal('SIGSTOP');
    const since = performance.now();
    const hung = await doctorAt(server.url);
    expect(performance.now() - since).toBeLessThan(15_000);
    expect(hung.line('server')).toMatch(/^BAD +server +the log did not answer in time$/);
    expect(hung.exitCode).toBe(1);

    await server.end();
    const away = await doctorAt(server.url);
    expect(away.line('server')).toMatch(/^BAD +server +the log cannot be read now$/);
    expect(away.line('opening')).toMatch(/^BAD /);
  });
});

describe('the doctor of a log on a server', () => {
  test('that refuses the credentials says so, and still which server it is', async () => {
    const { peer, url, stop } = await startPeer();
    onTestFinished(stop);
    peer.switches.errors.set('read', accessDenied());

    const { line, exitCode } = await doctorAt(url);

    expect(line('server')).toMatch(/^ok .* leader$/);
    expect(line('reached')).toMatch(/^BAD +reached +the log refuses access with these credentials/);
    expect(exitCode).toBe(1);
  });

  test('without a leader says so', async () => {
    const { peer, url, stop } = await startPeer();
    onTestFinished(stop);
    peer.switches.role = 'UNKNOWN';

    expect((await doctorAt(url)).line('server')).toMatch(/^BAD .* unknown; no leader$/);
  });

  test('repeats no password of an address that cannot be used', async () => {
    const { line } = await doctorAt(`esdb://ann:a-secret@127.0.0.1:${await freePort()}?x=1`);

    expect(line('server')).toMatch(/^BAD +server +EVENTSTORE_URL has an option that is not known/);
    expect(line('secret@')).toBeUndefined();
  });
});
