import { Transform } from 'node:stream';

/**
 * Drops zero bytes from a page. React 18 writes pages in views of 2,048 bytes and leaves zeros at the end of one where a
 * letter of several bytes does not fit any more; no page of ours has a zero of its own, HTML allows none.
 */
export const withoutZeroBytes = (): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
