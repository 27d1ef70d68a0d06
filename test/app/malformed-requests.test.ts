import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startEdge, type Edge } from './edge.ts';

/** Sends bytes as they are and answers the status line, or nothing where the connection just ended. */
function sendRaw({ port }: Edge, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
  });
}

const withContext = () =>
  startEdge({
    routes: {
      '/': {
        loader: async ({ context }) => ({
          csrf: await context.csrf.token(),
          session: (await context.session()) ?? null,
          flash: context.cookies.flash.take() ?? null,
          from: context.from,
        }),
      },
    },
  });

describe('a malformed request (GHSA-xmf8-cvqr-rfgj)', () => {
  test.each([
    ['no Host at all', 'GET / HTTP/1.0\r\n\r\n', /^HTTP\/1\.1 421 /],
    [
      'two Hosts',
      'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
      /^HTTP\/1\.1 4/,
    ],
    [
      'another site’s address',
      'GET http://evil.example/ HTTP/1.1\r\nHost: LOCAL\r\n\r\n',
      /^HTTP\/1\.1 40[04] /,
    ],
    ['a star for a path', 'OPTIONS * HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 405 /],
    ['no slash', 'GET login HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 40[04] /],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^$|^HTTP\/1\.1 4/],
    [
      'another protocol',
      'GET / HTTP/1.1\r\nHost: LOCAL\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      /^HTTP\/1\.1 (200|4\d\d) /,
    ],
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'smuggled lengths',
      'POST / HTTP/1.1\r\nHost: LOCAL\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 4/,
    ],
    ['odd bytes in a path', 'GET /\xff\xfe HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 40[04] /],
    [
      'odd bytes in headers',
      'GET / HTTP/1.1\r\nHost: LOCAL\r\nCookie: \xff=\xfe\r\nX-Y: \xff\r\nUser-Agent: \xe9\r\n\r\n',
      /^HTTP\/1\.1 200 /,
    ],
    [
      'cookies without end',
      `GET / HTTP/1.1\r\nHost: LOCAL\r\nCookie: ${'a=b; '.repeat(2_000)}\r\n\r\n`,
      /^HTTP\/1\.1 200 /,
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: LOCAL\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'a malformed Origin',
      'POST / HTTP/1.1\r\nHost: LOCAL\r\nOrigin: ://[\r\nContent-Length: 0\r\n\r\n',
      /^HTTP\/1\.1 403 /,
    ],
    ['a malformed query', 'GET /?a=%zz&%=%&&& HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 200 /],
    ['nothing but slashes', 'GET // HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 (308|404) /],
    ['half a host', 'GET //[ HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 404 /],
    [
      'a port beyond all',
      'GET //a:b@c:99999/?_data=x HTTP/1.1\r\nHost: LOCAL\r\n\r\n',
      /^HTTP\/1\.1 40[34] /,
    ],
    ['two question marks', 'GET /?a?b?_data HTTP/1.1\r\nHost: LOCAL\r\n\r\n', /^HTTP\/1\.1 200 /],
  ])('with %s is never our fault', async (_case, text, status) => {
    const edge = await withContext();

    expect(await sendRaw(edge, text.replace('LOCAL', `localhost:${edge.port}`))).toMatch(status);
    expect(edge.log()).not.toContain('"level":"error"');
    expect((await edge.ask('/')).status).toBe(200);
  });
});
