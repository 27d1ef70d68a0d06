import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body of an answer as it is meant: we ask for none that is encoded, and some encode whatever is asked. */
export function decodedBody({
  body,
  headers,
}: Pick<Dispatcher.ResponseData, 'body' | 'headers'>): AsyncIterable<Uint8Array> {
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  const decoder = decoders[encoding];
  // What fails on the way reaches the reader of its end.
  return decoder ? pipeline(body, decoder(), () => undefined) : body;
}
