import { spawnSync } from 'node:child_process';
import { NO_STREAM } from '@eventstore/db-client';
import { describe, expect, test, vi } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { told } from '../../eventstore/esdb-faults.ts';
import { RawClient, rawEvent, rejection } from '../support/esdb-raw.ts';
import { startPeer } from '../support/esdb-servers.ts';
import { freePort } from '../support/free-port.ts';
import { StreamAuthor } from '../support/log-events.ts';

describe('where nobody listens', () => {
  test('F23: the client fails with a code, and without a type where it asks for capabilities', async () => {
    const raw = new RawClient(`esdb://127.0.0.1:${await freePort()}?tls=false`);
    const since = performance.now();

    const append = await rejection(raw.append('account-1', NO_STREAM, rawEvent()));
    const capabilities = await rejection(raw.client.appendToStream('account-1', rawEvent()));

    expect(told(append)).toMatchObject({ code: 14, type: 'unavailable' });
    expect(told(capabilities)).toMatchObject({ code: 14, type: undefined });
    expect(performance.now() - since).toBeLessThan(500);
    await raw.close();
  });

  test('F23: discovery fails after a second with neither, and the outcome is certain', async () => {
    const url = `esdb+discover://127.0.0.1:${await freePort()}?tls=false`;
    const raw = new RawClient(url);
    const store = await openEsdbEventStore({ url });

    const append = await rejection(raw.append('account-1', NO_STREAM, rawEvent()));

    expect(told(append)).toMatchObject({ code: undefined, type: undefined });
    await expect(store.append([new StreamAuthor('account-1').next()])).rejects.toMatchObject({
      code: 'unavailable',
    });
    await store.close();
    await raw.close();
  });

  test('F23: a subscription without an error listener ends the process', async () => {
    const url = `esdb://127.0.0.1:${await freePort()}?tls=false`;
    const script = `const { EventStoreDBClient } = require('@eventstore/db-client');
      EventStoreDBClient.connectionString('${url}').subscribeToAll();
      setTimeout(() => process.exit(0), 5000);`;

    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stderr).toContain('UnavailableError');
  });
});

describe('a connection string', () => {
  const refusal = async (url: string) => String(await rejection(openEsdbEventStore({ url })));

  test('with an option that nobody knows is refused: the client would print it, password and all', async () => {
    const warned = vi.spyOn(console, 'warn');
    const url = 'esdb://admin:opensesame@127.0.0.1:2113?tls=false&';

    expect(await refusal(`${url}nonsense=1`)).toMatch(/option that is not known; see docs/);
    expect(await refusal(`${url}tlsVerifyCert=false`)).toMatch(/name the authority in tlsCAFile/);
    const asked = ['tls-verify-cert=true&gossip_timeout=1', 'tls=true'];
    for (const option of asked) {
      const store = await openEsdbEventStore({ url: url.replace('open', 'open?x&') + option });
      await store.close();
    }
    expect(warned).not.toHaveBeenCalled();
  });

  test('is never repeated in an error, which would tell the password', async () => {
    for (const url of [
      'esdb://admin:opensesame@',
      'esdb://admin:opensesame@127.0.0.1:port',
      'http://admin:opensesame@127.0.0.1:2113',
      'esdb://admin:opensesame@127.0.0.1:2113?tlsCAFile=/nowhere/ca.crt',
    ]) {
      expect(await refusal(url)).toMatch(/EVENTSTORE_URL/);
      expect(await refusal(url)).not.toContain('opensesame');
    }
  });

  test('of a server with TLS has credentials, or the client would take its batch path', async () => {
    expect(await refusal('esdb://127.0.0.1:2113')).toContain('user:password@');
  });

  test('may begin with kurrentdb', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const server = await startPeer();
    const store = await openEsdbEventStore({ url: server.url.replace('esdb', 'kurrentdb') });

    await store.append([new StreamAuthor('account-1').next()]);

    expect(warned).not.toHaveBeenCalled();
    await store.close();
    await server.stop();
  });
});
