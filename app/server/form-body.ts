import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { EdgePage } from './edge-pages.ts';
import { edgeState } from './edge-state.ts';
import { sendEdgePage } from './plain-page.ts';

/** Longest form, in bytes (G26). */
export const MAX_FORM_BYTES = 16 * 1024;

const MOST_DROPPED_BYTES = 32 * 1024 * 1024;

const FORM = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Reads the form of a write whole: plain, short, one value per name (G26). Anything else is answered here. */
export const formBody: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST') return next();
  readBody(request).then((body) => {
    if (body === 'aborted') return;
    const refusal = refusalOf(request, body);
    if (refusal) return sendEdgePage(request, response, refusal);
    edgeState(request).body = body;
    next();
  }, next);
};

function refusalOf({ headers }: IncomingMessage, body: Buffer): EdgePage | undefined {
  const encoded = headers['content-encoding'];
  if (!FORM.test(headers['content-type'] ?? '')) return 'not-a-form';
  if (encoded !== undefined && encoded !== 'identity') return 'not-a-form';
  if (body.length > MAX_FORM_BYTES) return 'form-too-large';
  return repeatsField(body) ? 'repeated-field' : undefined;
}

/**
 * The body, or its first part where that is already too long. What is too long is let in and dropped, up to a point:
 * many clients see an answer only after they have sent everything.
 */
function readBody(request: IncomingMessage): Promise<Buffer | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let kept = 0;
    let bytes = 0;
    const whole = () => resolve(Buffer.concat(chunks));
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (kept <= MAX_FORM_BYTES) {
        chunks.push(chunk);
        kept += chunk.length;
      }
      if (bytes > MOST_DROPPED_BYTES) whole();
    });
    request.on('end', whole);
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}

function repeatsField(body: Buffer): boolean {
  const names = [...new URLSearchParams(body.toString('utf8')).keys()];
  return new Set(names).size !== names.length;
}
