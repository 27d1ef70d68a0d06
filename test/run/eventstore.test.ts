import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startPeer } from '../support/esdb-servers.ts';
import { countPlaces } from './count-places.ts';
import { serverNamed } from './server-named.ts';
import { serverSuites } from './server-suites.ts';

describe('the server that the suites run on as well', () => {
  test('need not be named, and what runs then is said', async () => {
    const named = await serverNamed({});

    expect(named.ok && named.words.join('\n')).toMatch(/EVENTSTORE_URL is not set.*protocol peer/);
  });

  test('is named with its version where it answers', async () => {
    const { url, stop } = await startPeer();
    onTestFinished(stop);

    expect(await serverNamed({ EVENTSTORE_URL: url })).toMatchObject({
      words: ['EventStoreDB 23.10.6', expect.stringContaining('EVENTSTORE_START is not set')],
    });
  });

  test('stops the run with a clear word where nobody answers, and no password in it', async () => {
    const url = `esdb://admin:changeit@127.0.0.1:${await freePort()}?tls=false`;

    const { code, said } = await run({ EVENTSTORE_URL: url });

    expect(said).toBe('EVENTSTORE_URL: the server cannot be used: the log cannot be read now\n');
    expect(code).toBe(2);
  });

  test.each([
    ['EVENTSTORE_URL', 'esdb://'],
    ['EVENTSTORE_START', '/nowhere/start'],
  ])('stops the run where %s cannot be used', async (name, value) => {
    const named = await serverNamed({ [name]: value });

    expect(named.ok ? '' : named.why).toMatch(new RegExp(`^${name}: `));
  });
});

describe('what runs on it', () => {
  test('is every file that can run on a server, and no other', () => {
    const { unit, journeys } = serverSuites();

    expect(unit).toEqual(
      expect.arrayContaining([
        'test/commands/crash.test.ts',
        'test/eventstore/esdb-contract.test.ts',
        'test/projections/projector-lease.test.ts',
      ]),
    );
    expect(journeys).toEqual(
      expect.arrayContaining([
        'test/journeys/eventstore-away.test.ts',
        'test/journeys/two-servers.test.ts',
      ]),
    );
    expect(unit).not.toContain('test/eventstore/sqlite-contract.test.ts');
  });

  test('is counted by where it ran', () => {
    const ran = (fullName: string, status = 'passed') => ({ fullName, status });
    const report = {
      testResults: [
        { assertionResults: [ran('a hung server, real server: F24'), ran('on the embedded log')] },
        { assertionResults: [ran('on EventStoreDB, a real server F16', 'failed')] },
      ],
    };

    expect(countPlaces(report)).toEqual({
      real: { passed: 1, failed: 1 },
      others: { passed: 1, failed: 0 },
    });
    expect(countPlaces(undefined).real).toEqual({ passed: 0, failed: 0 });
  });
});

/** The script as a process of its own. */
function run(environment: Readonly<Record<string, string>>) {
  const script = join(import.meta.dirname, 'eventstore.ts');
  const env = { PATH: process.env['PATH'], NODE_ENV: 'test' as const, ...environment };
  return new Promise<{ code: unknown; said: string }>((resolve) => {
    execFile(process.execPath, [script], { env }, (error, _out, said) =>
      resolve({ code: error?.code, said }),
    );
  });
}
