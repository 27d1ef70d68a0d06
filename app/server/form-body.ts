import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { EdgePage } from './edge-pages.ts';
import { edgeState } from './edge-state.ts';
import { sendEdgePage } from './plain-page.ts';

/** Longest form, in bytes (G26). */
export const MAX_FORM_BYTES = 16 * 1024;

const FORM = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Reads the form of a write whole: plain, short, one value per name (G26). Anything else is answered here. */
export const formBody: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST') return next();
  const refusal = refusalOfHeaders(request);
  if (refusal) return sendEdgePage(request, response, refusal);
  readBody(request).then((body) => {
    if (body === 'aborted') return;
    if (body === 'form-too-large') return sendEdgePage(request, response, body);
    if (repeatsField(body)) return sendEdgePage(request, response, 'repeated-field');
    edgeState(request).body = body;
    next();
  }, next);
};

function refusalOfHeaders({ headers }: IncomingMessage): EdgePage | undefined {
  const encoded = headers['content-encoding'];
  if (!FORM.test(headers['content-type'] ?? '')) return 'not-a-form';
  if (encoded !== undefined && encoded !== 'identity') return 'not-a-form';
  if (Number(headers['content-length'] ?? 0) > MAX_FORM_BYTES) return 'form-too-large';
  return undefined;
}

/** Node drains what is left of a body that nobody reads, so an early answer still arrives. */
function readBody(request: IncomingMessage): Promise<Buffer | 'form-too-large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_FORM_BYTES) chunks.push(chunk);
      if (bytes > MAX_FORM_BYTES) resolve('form-too-large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}

function repeatsField(body: Buffer): boolean {
  const names = [...new URLSearchParams(body.toString('utf8')).keys()];
  return new Set(names).size !== names.length;
}
