import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultCode } from '../../eventstore/event-store.ts';
import { RawClient, rejection } from '../support/esdb-raw.ts';
import { reachable } from '../support/esdb-servers.ts';
import { newAuthor, opened, settle } from '../support/followed.ts';
import { collect } from '../support/log-events.ts';
import { ServerProcess, serverCommands } from '../support/server-process.ts';

/** A real server takes its time to start. */
const patience = 120_000;

describe.each(serverCommands)('a hung server, %s:', { timeout: patience }, (_name, command) => {
  test('F24: every call ends by itself within 9 s, and everything works when it goes on', async () => {
    const server = await ServerProcess.start(command);
    onTestFinished(() => server.remove());
    const store = await opened(server.url);
    const raw = new RawClient(server.url);
    const author = newAuthor();
    await store.append([author.next()]);
    const write = author.next();
    await raw.read(author.stream);

    server.signal('SIGSTOP');
    await sleep(100);
    const since = performance.now();
    const reading = raw.read(author.stream, { deadline: 200 });
    const ignored = Promise.race([
      reading.then(() => 'answered', String),
      sleep(1_500, 'the client ignores the deadline of a reading'),
    ]);
    const told = await Promise.all([
      rejection(store.append([write])),
      rejection(collect(store.read(author.stream))),
      rejection(store.head()),
    ]);
    expect(performance.now() - since).toBeLessThan(9_000);
    expect(told.map(faultCode)).toEqual(['outcome-unknown', 'unavailable', 'unavailable']);
    expect(await ignored).toContain('ignores');

    server.signal('SIGCONT');
    await reachable(store);
    await settle(store, write);
    expect(await collect(store.read(author.stream))).toHaveLength(2);
    await raw.close();
  });
});
