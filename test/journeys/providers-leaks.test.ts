import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whereFound } from '../support/needles.ts';
import {
  answerThere,
  leaveFor,
  newStranger,
  registeredBy,
  roundTrip,
  tokenRequests,
} from '../support/provider-trips.ts';
import { theProviders } from './the-providers.ts';

const { app, local, browser } = theProviders({
  LOG_LEVEL: 'trace',
  // Everything that a package of ours would print by: the strategies, Express and its router, send.
  DEBUG: '*',
});
const roles = ['github', 'google', 'facebook', 'acme'] as const;

test('G21: no code, state, verifier, token, secret or person stands in what the server prints or stores', async () => {
  const needles: string[] = [];
  for (const role of roles) {
    const { client, stranger } = await registeredBy(browser(), role);
    const url = await leaveFor(browser(), { role });
    const lost = new URL(await answerThere(url, newStranger()), client.origin).searchParams;
    await browser().get(`/auth/${role}/callback?${lost.toString()}`);
    for (const failure of ['wrong-client', 'html', 'wrong-iss', 'denied', 'reset']) {
      await roundTrip(browser(), { role }, { ...stranger, failure });
    }
    needles.push(stranger.email, stranger.handle, stranger.name, stranger.subject);
    needles.push(lost.get('code') ?? '', lost.get('state') ?? '', client.jar.get('sid') ?? '');
  }
  for (const { body, query, authorization = '' } of local().seen) {
    needles.push(authorization.replace(/^\w+ /, ''));
    for (const name of [
      'code',
      'code_verifier',
      'client_secret',
      'refresh_token',
      'access_token',
    ]) {
      needles.push(body.get(name) ?? '', query.get(name) ?? '');
    }
    needles.push(query.get('state') ?? '', query.get('nonce') ?? '');
  }
  const secrets = [...new Set(needles)].filter((needle) => needle.length > 5);
  const { dataDir, output } = app();
  const files = readdirSync(dataDir).map((name) => ({
    name,
    bytes: readFileSync(join(dataDir, name)),
  }));
  const places = [...files, { name: 'the output', bytes: Buffer.from(output()) }];

  expect(tokenRequests(local()).length).toBeGreaterThan(10);
  expect(secrets.length).toBeGreaterThan(100);
  expect(secrets.flatMap((secret) => whereFound(secret, places))).toEqual([]);
  expect(output()).toContain('/auth/:provider/callback');
  expect(output()).toContain('provider-rejected');
});
