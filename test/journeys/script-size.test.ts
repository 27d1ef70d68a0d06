import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { registered } from '../support/people.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp();

/** What the whole of it may weigh on a signed-in page, gzipped, in kB. */
const MOST_KB = 110;

test('a signed-in page asks a browser for 110 kB of scripts at most, gzipped, and for none elsewhere', async () => {
  const { client } = await registered(browserAt(app()));
  const sizes: Record<string, number> = {};
  for (const page of ['/', '/settings', '/settings/connections', '/settings/history']) {
    const { html } = await client.get(page);
    expect(html).not.toMatch(/<script[^>]+src="(?!\/assets\/)/);
    const scripts = new Set(html.match(/\/assets\/[\w.-]+\.js/g));
    expect(scripts.size).toBeGreaterThan(5);
    let bytes = 0;
    for (const script of scripts) {
      const answer = await client.get(script);
      expect(answer.status).toBe(200);
      bytes += gzipSync(answer.html).length;
    }
    sizes[page] = Math.round(bytes / 1_000);
  }

  expect(Object.entries(sizes).filter(([, size]) => size > MOST_KB)).toEqual([]);
});
