import { once } from 'node:events';
import type { Response as ExpressResponse } from 'express';

/**
 * Sends a body piece by piece, and reads on only as fast as the client takes it: a long answer never stands in memory.
 * A client that leaves ends the reading. A body that fails cuts the connection, so that nobody takes the part for the
 * whole; the fault is thrown.
 */
export async function writeBody(
  body: ReadableStream<Uint8Array>,
  response: ExpressResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (gone.signal.aborted) return await reader.cancel();
      if (response.write(read.value)) flush(response);
      else await drained(response, gone.signal);
    }
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** Where answers are compressed, "drain" is told by the compressor, and a piece would wait for the next one. */
async function drained(response: ExpressResponse, gone: AbortSignal): Promise<void> {
  const room = once(response, 'drain', { signal: gone });
  flush(response);
  await room.catch((error: unknown) => {
    if (!gone.aborted) throw error;
  });
}

function flush(response: ExpressResponse): void {
  if ('flush' in response && typeof response.flush === 'function') response.flush();
}
