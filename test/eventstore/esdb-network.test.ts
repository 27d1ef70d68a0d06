import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { faultCode } from '../../eventstore/event-store.ts';
import { rejection } from '../support/esdb-raw.ts';
import { proxiedServers, startPeer, type LogServer } from '../support/esdb-servers.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { follow, newAuthor, opened, settle, upTo } from '../support/followed.ts';
import { collect } from '../support/log-events.ts';

describe.each(proxiedServers)('a bad network, %s:', (_name, start) => {
  let server: LogServer;
  let proxy: FaultProxy;
  let url: string;
  beforeEach(async () => {
    server = await start();
    ({ proxy, url } = await server.proxied());
  });
  afterEach(async () => {
    await proxy.close();
    await server.stop();
  });

  test('F26: a connection that is accepted and says nothing within 4.9 s was no connection', async () => {
    proxy.silence();
    const store = await opened(url);
    const since = performance.now();

    await expect(store.append([newAuthor().next()])).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - since).toBeLessThan(4_900);
  });

  test('F26: a half-open connection is given up, and the subscription goes on from its last event', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const store = await opened(`${url}&keepAliveInterval=400&keepAliveTimeout=400`);
    expect(warned).toHaveBeenCalledOnce();
    const direct = await opened(server.url);
    const author = newAuthor();
    const { heard } = follow(store, { prefixes: [author.stream] });
    const received = () => heard.filter((item) => item !== 'level');
    await direct.append([author.next()]);
    await expect.poll(received).toEqual([0]);

    proxy.freeze();
    const stuck = newAuthor().next();
    expect(faultCode(await rejection(store.append([stuck])))).toBe('outcome-unknown');
    await direct.append([author.next()]);

    await expect.poll(received, { timeout: 10_000 }).toEqual([0, 1]);
    await settle(store, stuck);
  });

  test('F24: a subscription survives every cut of its connection', async () => {
    const store = await opened(url);
    const direct = await opened(server.url);
    const author = newAuthor();
    const { heard } = follow(store, { prefixes: [author.stream] });
    const received = () => heard.filter((item) => item !== 'level');
    for (let count = 0; count < 60; count += 1) {
      await direct.append([author.next()]);
      if (count % 12 === 11) proxy.cut();
      await sleep(10);
    }
    await expect.poll(() => received().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(60);

    expect(received()).toEqual(upTo(60));
  });
});

describe('a slow server', () => {
  test('F25: calls end before a server that takes 5 s for each has answered, too many end at once, and the event loop stays free', async () => {
    const server = await startPeer();
    onTestFinished(() => server.stop());
    const store = await opened(server.url, { limits: { mostCalls: 64 } });
    const written = newAuthor();
    await store.append([written.next()]);
    server.peer.switches.delayMs = 5_000;
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    const since = performance.now();

    const told = await Promise.all(
      Array.from({ length: 100 }, () => rejection(store.append([newAuthor().next()]))),
    );

    expect(performance.now() - since).toBeLessThan(4_900);
    lag.disable();
    const codes = told.map(faultCode);
    expect(codes.filter((code) => code === 'outcome-unknown')).toHaveLength(64);
    expect(codes.filter((code) => code === 'unavailable')).toHaveLength(36);
    expect(lag.percentile(90) / 1e6).toBeLessThan(1_000);

    server.peer.switches.heal();
    await settle(store, written.next());
    expect(await collect(store.read(written.stream))).toHaveLength(2);
  });
});
