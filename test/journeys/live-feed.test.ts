import { describe, expect, onTestFinished, test } from 'vitest';
import { FeedReader } from '../support/feed-reader.ts';
import { registered, signIn } from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { logPlaces } from './log-places.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';
import { sharedDirectory, until } from './the-server.ts';

const path = '/settings/history/feed';
const app = theApp();

async function feedOf(client: WebClient): Promise<FeedReader> {
  const feed = await FeedReader.open(client, path);
  onTestFinished(() => feed.close());
  return feed;
}

const rename = async (client: WebClient, name: string) =>
  expect(await client.submit('/settings', { name })).toMatchObject({ status: 303 });

const says = (feed: FeedReader, frames: readonly string[]) =>
  until(() => feed.frames.join() === frames.join(), {
    what: `${frames.join()}, not ${feed.frames.join()}`,
  });

const ends = (feed: FeedReader) => until(() => feed.ended, { what: 'the feed to end' });

describe('H14 the live feed of a history', () => {
  test('says only "revision N", at once and with every change of the account, uncompressed', async () => {
    const { client } = await registered(browserAt(app()));
    const feed = await feedOf(client);

    await says(feed, ['revision 0']);
    await rename(client, 'Changed Once');
    await says(feed, ['revision 0', 'revision 1']);
    await rename(client, 'Changed Twice');
    await says(feed, ['revision 0', 'revision 1', 'revision 2']);

    expect(feed.status).toBe(200);
    expect(feed.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    });
    expect(feed.response.headers['content-encoding']).toBeUndefined();
    const lines = feed.text.split('\n').filter((line) => line !== '');
    for (const line of lines) expect(line).toMatch(/^(data: revision \d+|retry: \d+|:)$/);
  });

  test('says nothing of what others change', async () => {
    const { client } = await registered(browserAt(app()));
    const { client: other } = await registered(browserAt(app()));
    const feed = await feedOf(client);
    await says(feed, ['revision 0']);

    await rename(other, 'Somebody Else');
    await rename(client, 'Me');

    await says(feed, ['revision 0', 'revision 1']);
  });

  test('ends when its session ends elsewhere, and the browser is told to ask no more', async () => {
    const { client, person } = await registered(browserAt(app()));
    const there = browserAt(app());
    await signIn(there, person);
    const feed = await feedOf(client);
    await says(feed, ['revision 0']);

    const next = 'quiet marble lantern';
    const typed = { currentPassword: person.password, newPassword: next };
    await there.submit('/settings/password', { ...typed, newPasswordConfirm: next });

    await ends(feed);
    expect(feed.frames).toEqual(['revision 0']);
    expect((await feedOf(client)).status).toBe(204);
  });

  test('tells a session that signed out nothing more', async () => {
    const { client, person } = await registered(browserAt(app()));
    const there = browserAt(app());
    await signIn(there, person);
    const feed = await feedOf(client);
    await says(feed, ['revision 0']);

    await client.post('/logout', await client.fill('/', {}, 'csrf'));
    await rename(there, 'Unseen');

    await ends(feed);
    expect(feed.frames).toEqual(['revision 0']);
  });

  test('is open three times for a session at most; one that ends makes room', async () => {
    const { client } = await registered(browserAt(app()));
    const feeds = [await feedOf(client), await feedOf(client), await feedOf(client)];

    const refused = await feedOf(client);
    expect(feeds.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(refused.status).toBe(429);
    expect(refused.response.headers['retry-after']).toBe('30');

    feeds[0]?.close();
    await until(async () => (await feedOf(client)).status === 200, { what: 'room' });
  });

  test('is there for nobody who is not signed in, and only to be read', async () => {
    const stranger = browserAt(app());
    const { client } = await registered(browserAt(app()));

    expect((await feedOf(stranger)).status).toBe(204);
    expect(await client.ask(path, { method: 'HEAD' })).toMatchObject({ status: 405 });
    expect(await client.post(path, {})).toMatchObject({ status: 405 });
  });

  test('holds up no stop of the server (F29)', async () => {
    const own = await appOfTest();
    const { client } = await registered(browserAt(own));
    const feed = await feedOf(client);
    await says(feed, ['revision 0']);

    const before = performance.now();
    await own.stop();

    await ends(feed);
    expect(feed.response.complete).toBe(true);
    // Requests under way may take ten seconds; a feed is none of them.
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});

describe.each(logPlaces)('H14 a live feed on $name', ({ environment }) => {
  test('tells at one server what was changed at another', async () => {
    const [dataDir, where] = [sharedDirectory(), await environment()];
    const one = await appOfTest(where, { dataDir });
    const other = await appOfTest(where, { dataDir });
    const { client, person } = await registered(browserAt(one));
    const there = browserAt(other);
    await signIn(there, person);
    const feed = await feedOf(client);
    await says(feed, ['revision 0']);

    await rename(there, 'Changed There');

    await says(feed, ['revision 0', 'revision 1']);
  });
});
