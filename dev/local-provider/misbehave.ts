import { gzipSync } from 'node:zlib';
import type { Manner } from './failures.ts';
import type { Exchange } from './exchange.ts';

const tenMegabytes = JSON.stringify({ padding: 'x'.repeat(10 * 1024 * 1024) });
const zipped = gzipSync(tenMegabytes);
const json = { 'content-type': 'application/json' };

/** Spoils one answer. True where nothing more may be sent; a slow one goes on to its right answer. */
export async function misbehave({ response }: Exchange, manner: Manner): Promise<boolean> {
  if (manner === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return false;
  }
  spoil[manner](response);
  return true;
}

const spoil: Readonly<Record<Exclude<Manner, 'slow'>, (response: Exchange['response']) => void>> = {
  hanging: () => undefined,
  drip: (response) => {
    response.writeHead(200, json).write('{');
    const timer = setInterval(() => response.write(' '), 1000);
    response.once('close', () => clearInterval(timer));
  },
  reset: (response) => void response.socket?.destroy(),
  'server-error': (response) => void response.writeHead(500, json).end('{"error":"server_error"}'),
  redirect: (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Maintenance</h1>');
  },
  mislabelled: (response) => {
    const answer = { access_token: 'x', token_type: 'bearer', id: 1, sub: '1', keys: [] };
    response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(answer));
  },
  huge: (response) => {
    response.writeHead(200, json).end(tenMegabytes);
  },
  'huge-gzip': (response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(zipped);
  },
  'bad-json': (response) => void response.writeHead(200, json).end('{"access_token": "half'),
};
