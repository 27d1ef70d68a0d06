import { gzipSync } from 'node:zlib';
import type { Response as ExpressResponse } from 'express';

/** Below it compression wins nothing, in bytes. */
const LEAST = 1_024;

/** Up to so many bytes are compressed at once, while everybody else waits: a third of a millisecond. */
const MOST_AT_ONCE = 64 * 1_024;

/**
 * Sends a body that is there as a whole in one piece, its length told. Handing a page to the compressor's thread and
 * back costs several times what compressing it costs; a long one takes that way, for the sake of who waits.
 */
export function sendWhole(response: ExpressResponse, body: Uint8Array): void {
  const atOnce = body.length >= LEAST && body.length <= MOST_AT_ONCE;
  if (!atOnce || response.req.acceptsEncodings('gzip', 'identity') !== 'gzip') {
    response.setHeader('Content-Length', body.length);
    return void response.end(body);
  }
  const packed = gzipSync(body);
  response.vary('Accept-Encoding').setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', packed.length);
  response.end(packed);
}
