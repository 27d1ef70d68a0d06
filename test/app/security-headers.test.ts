import { mkdtemp, mkdir, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtAssets } from '../../app/server/built-pages.ts';
import { startEdge } from './edge.ts';

const routes = { '/page': { loader: () => 'page' } };

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1];

describe('every answer (security 2.8)', () => {
  test.each(['/page', '/page.data', '/nothing', '/LOGIN//', '/healthz', '/metrics'])(
    'carries the headers, so does %s',
    async (address) => {
      const edge = await startEdge({ routes });

      const { headers } = await edge.ask(address);

      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test('carries the policy of security.md, word for word', async () => {
    const edge = await startEdge({ routes });

    const policy = String((await edge.ask('/page')).headers['content-security-policy']);

    expect(policy.replace(nonceOf(policy) ?? '', 'N')).toBe(
      "default-src 'none'; script-src 'nonce-N' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; " +
        "frame-ancestors 'none'; report-to csp",
    );
  });

  test('lets forms lead to the providers that are configured, and nowhere else', async () => {
    const client = { clientId: 'id', clientSecret: 'secret' };
    const edge = await startEdge({
      routes,
      config: {
        providers: [
          {
            kind: 'github',
            name: 'github',
            ...client,
            baseUrl: 'https://github.example/enterprise',
            emailDomains: [],
            apiScopes: [],
          },
          {
            kind: 'google',
            name: 'google',
            ...client,
            issuer: 'https://accounts.google.com',
            apiScopes: [],
          },
        ],
      },
    });

    const policy = (await edge.ask('/page')).headers['content-security-policy'];

    expect(policy).toContain(
      "form-action 'self' https://github.example https://accounts.google.com;",
    );
  });

  test('asks for https for two years where ORIGIN is https, and only there', async () => {
    const loopback = await startEdge({ routes });
    const https = await startEdge({
      routes,
      config: { origin: 'https://accounts.example', development: false },
    });

    expect((await loopback.ask('/page')).headers['strict-transport-security']).toBeUndefined();
    expect((await https.ask('/page')).headers['strict-transport-security']).toBe(
      'max-age=63072000; includeSubDomains',
    );
  });
});

describe('a page whose address holds a token (CVE-2021-22213)', () => {
  test('tells it to no other site and no log, and a route may hide it even from our own', async () => {
    const page = () => new Response('page', { headers: { 'Referrer-Policy': 'no-referrer' } });
    const edge = await startEdge({
      routes: {
        '/recover/:token': { loader: () => 'page' },
        '/hidden/:token': { loader: page, page: false },
      },
    });

    const shown = await edge.ask('/recover/geheim');
    const hidden = await edge.ask('/hidden/geheim');

    expect(shown.headers).toMatchObject({
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; /) as string,
    });
    expect(hidden.headers['referrer-policy']).toBe('no-referrer');
    expect(edge.log()).not.toContain('geheim');
  });
});

describe('the nonce', () => {
  test('is new in every answer and the same in its header and its scripts', async () => {
    const edge = await startEdge({ routes });

    const answers = await Promise.all(Array.from({ length: 20 }, () => edge.ask('/page')));

    const nonces = answers.map(({ headers }) => nonceOf(headers['content-security-policy']));
    expect(new Set(nonces).size).toBe(20);
    for (const [index, { text }] of answers.entries())
      expect(text).toContain(`<script nonce="${nonces[index]}">`);
  });

  test('is in no data that a browser could keep', async () => {
    const edge = await startEdge({
      routes: {
        '/page': { loader: ({ context }) => ({ given: Object.keys(context).length > 0 }) },
      },
    });

    const { text, headers } = await edge.ask('/page.data');

    expect(text).not.toContain(nonceOf(headers['content-security-policy']));
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('a file of the build', () => {
  async function startWithFiles() {
    const build = await mkdtemp(path.join(tmpdir(), 'latchkey-build-'));
    onTestFinished(() => rm(build, { recursive: true }));
    await mkdir(path.join(build, 'client/assets'), { recursive: true });
    await writeFile(path.join(build, 'client/assets/page-AbC123.js'), 'export {};');
    await writeFile(path.join(build, 'client/edge.css'), 'body {}');
    await writeFile(path.join(build, 'secret.txt'), 'secret');
    return startEdge({ routes, assets: builtAssets(build) });
  }

  test('is kept for ever where its name is a hash of it, and not kept otherwise', async () => {
    const edge = await startWithFiles();

    const hashed = await edge.ask('/assets/page-AbC123.js');
    const named = await edge.ask('/edge.css');

    expect([hashed.status, hashed.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect([named.status, named.headers['cache-control']]).toEqual([200, 'no-store']);
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%zz',
  ])('is only what lies in the build: %s', async (address) => {
    const edge = await startWithFiles();

    const answer = await edge.ask(address);

    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret.txt');
  });

  test('that is missing is not kept, nor is its directory listed', async () => {
    const edge = await startWithFiles();

    for (const address of ['/assets/gone.js', '/assets/', '/assets']) {
      const answer = await edge.ask(address);
      expect([address, answer.headers['cache-control']]).toEqual([address, 'no-store']);
      expect(answer.status === 404 || answer.status === 308).toBe(true);
    }
  });
});

describe('a browser’s report about the policy', () => {
  const report = (edge: Awaited<ReturnType<typeof startEdge>>, body: unknown) =>
    edge.ask('/csp-report', {
      method: 'POST',
      headers: { origin: edge.origin, 'content-type': 'application/reports+json' },
      body: JSON.stringify(body),
    });

  test('is counted by directive, and its addresses are written nowhere', async () => {
    const edge = await startEdge({ routes });

    const answer = await report(edge, [
      {
        type: 'csp-violation',
        url: 'http://localhost/recover/geheim',
        body: { effectiveDirective: 'script-src-elem', blockedURL: 'https://evil.example/geheim' },
      },
      { body: { effectiveDirective: 'made-up-by-somebody' } },
    ]);

    expect(answer.status).toBe(204);
    const { text } = await edge.ask('/metrics');
    expect(text).toContain('latchkey_csp_violations_total{directive="script-src-elem"} 1');
    expect(text).not.toContain('made-up');
    expect(edge.log() + text).not.toContain('geheim');
  });

  test.each([{}, [1], 'x', null])('that is none is answered 400: %j', async (body) => {
    const edge = await startEdge({ routes });

    expect((await report(edge, body)).status).toBe(400);
  });
});
