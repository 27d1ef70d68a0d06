import { describe, expect, onTestFinished, test } from 'vitest';
import { auditorAt, auditTrail, somebodyAt, takeRole } from '../support/audit-trails.ts';
import { FeedReader } from '../support/feed-reader.ts';
import { registered } from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { logPlaces } from './log-places.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';
import { until } from './the-server.ts';

const path = '/audit/feed';
const app = theApp();

async function feedOf(client: WebClient): Promise<FeedReader> {
  const feed = await FeedReader.open(client, path);
  onTestFinished(() => feed.close());
  return feed;
}

const moreThan = (feed: FeedReader, frames: number) =>
  until(() => feed.frames.length > frames, { what: `more than ${frames} frames` });

const ends = (feed: FeedReader) => until(() => feed.ended, { what: 'the feed to end' });

describe('H12 H14 the live feed of all accounts', () => {
  test('says only "revision N", at once and whenever any account changes, and is no look by itself', async () => {
    const { client, accountId } = await auditorAt(app());
    const feed = await feedOf(client);
    await moreThan(feed, 0);
    await registered(browserAt(app()));
    await moreThan(feed, 1);

    const lines = feed.text.split('\n').filter((line) => line !== '');
    for (const line of lines) expect(line).toMatch(/^(data: revision \d+|retry: \d+|:)$/);
    expect(await auditTrail(app(), accountId)).toEqual([]);
  });

  test('ends when the role is taken back, before the next change is told', async () => {
    const { client, person } = await auditorAt(app());
    const feed = await feedOf(client);
    await moreThan(feed, 0);
    const told = feed.frames.length;

    await takeRole(app(), person);
    await registered(browserAt(app()));

    await ends(feed);
    expect(feed.frames).toHaveLength(told);
    expect((await feedOf(client)).status).toBe(204);
  });

  test('ends with its session', async () => {
    const { client } = await auditorAt(app());
    const feed = await feedOf(client);
    await moreThan(feed, 0);

    await client.post('/logout', await client.fill('/', {}, 'csrf'));
    await registered(browserAt(app()));

    await ends(feed);
  });

  test('is there for nobody else, and only to be read', async () => {
    const { client } = await somebodyAt(app());
    const auditor = await auditorAt(app());

    expect((await feedOf(client)).status).toBe(204);
    expect((await feedOf(browserAt(app()))).status).toBe(204);
    expect(await auditor.client.ask(path, { method: 'HEAD' })).toMatchObject({ status: 405 });
    expect(await auditor.client.post(path, {})).toMatchObject({ status: 405 });
  });
});

describe.each(logPlaces)('H12 the newest events on $name', ({ environment }) => {
  test('are on the page that is asked for when the feed tells', async () => {
    const where = await environment();
    const own = await appOfTest(where);
    const { client } = await auditorAt(own, where);
    const feed = await feedOf(client);
    await moreThan(feed, 0);
    const told = feed.frames.length;

    const ann = await somebodyAt(own, where);

    await moreThan(feed, told);
    await until(
      async () => (await client.get('/audit/newest')).html.includes(`/audit/${ann.accountId}`),
      { what: 'the newcomer' },
    );
  });
});
