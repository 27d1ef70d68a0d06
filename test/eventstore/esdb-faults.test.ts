import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { serverError, timedOut } from '../support/esdb-peer/peer-messages.ts';
import { accessDenied, notReady } from '../support/esdb-peer/peer-switches.ts';
import { startPeer, type PeerServer } from '../support/esdb-servers.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';

const newAuthor = () => new StreamAuthor(`faults-${randomUUID()}`);

describe('what an error of the server means', () => {
  let server: PeerServer;
  let store: EventStore;
  beforeEach(async () => {
    server = await startPeer();
    store = await openEsdbEventStore({ url: server.url });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  test.each([
    ['access denied', accessDenied(), 'unavailable'],
    ['unauthenticated', serverError(16, 'who are you'), 'unavailable'],
    ['not ready', notReady(), 'outcome-unknown'],
    ['timed out', timedOut('Commit phase timeout.'), 'outcome-unknown'],
    ['cancelled', serverError(1, 'cancelled'), 'outcome-unknown'],
    ['exhausted', serverError(8, 'too much'), 'outcome-unknown'],
    ['internal', serverError(13, 'broken'), 'outcome-unknown'],
    ['unknown', serverError(2, 'Exception was thrown by handler.'), 'outcome-unknown'],
  ])('F15: %s, for an append', async (_what, error, code) => {
    server.peer.switches.errors.set('append', error);

    await expect(store.append([newAuthor().next()])).rejects.toMatchObject({ code });
  });

  test.each([
    ['access denied', accessDenied()],
    ['not ready', notReady()],
    ['timed out', timedOut('reading')],
    ['internal', serverError(13, 'broken')],
    ['unknown', serverError(2, 'Unexpected ReadStreamResult: Error')],
  ])('%s, for a reading: nothing was read', async (_what, error) => {
    server.peer.switches.errors.set('read', error);

    await expect(collect(store.read('account-1'))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a wrong version is success when the very events stand there after all', async () => {
    const author = newAuthor();
    const write = author.next();
    const { position } = await store.append([write]);
    const stale = { ...write, events: write.events };
    server.peer.switches.forgetful = true;

    expect(await store.append([stale])).toEqual({ position });
    await expect(store.append([new StreamAuthor(author.stream).rival()])).rejects.toMatchObject({
      code: 'conflict',
      actual: 0,
    });
  });

  test('a follower that names the leader is left for it, and the call goes on there', async () => {
    const leader = await startPeer();
    onTestFinished(() => leader.stop());
    server.peer.switches.leaderPort = leader.peer.port;
    const write = newAuthor().next();

    await store.append([write]);

    expect(leader.peer.switches.calls.append).toBe(1);
    expect(await collect(store.read(write.stream))).toHaveLength(1);
  });

  test('no call of ours takes the batch path or waits for capabilities', async () => {
    const author = newAuthor();
    await Promise.all([store.append([author.next()]), store.append([newAuthor().next()])]);
    await collect(store.read(author.stream));
    await store.head();

    expect(server.peer.switches.calls).toMatchObject({ batchAppend: 0, capabilities: 0 });
  });

  test('what can never be written is refused before it is sent, as a mistake of its caller', async () => {
    const text = 'x'.repeat(1024 * 1024);
    for (const write of [
      newAuthor().next({ id: 'event-1' }),
      new StreamAuthor('$settings').next(),
      newAuthor().next({ data: { text } }),
      newAuthor().next(...[1, 2].map(() => ({ data: { text: text.slice(0, 600_000) } }))),
    ]) {
      await expect(store.append([write])).rejects.toThrow(TypeError);
    }
    expect(server.peer.switches.calls.append).toBe(0);
  });
});
