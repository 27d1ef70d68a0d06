import { Writable } from 'node:stream';

/** The bytes of a page, gathered as React writes it out: `pipe` is what rendering answers, once all of it is ready. */
export function wholePage(pipe: (into: Writable) => unknown): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const gathering = new Writable({
      // React takes a stream that closes for a browser that left.
      emitClose: false,
      write(piece: Buffer, _encoding, done) {
        pieces.push(piece);
        done();
      },
      final(done) {
        resolve(withoutZeroBytes(Buffer.concat(pieces)));
        done();
      },
    });
    pipe(gathering.once('error', reject));
  });
}

/**
 * React 18 writes pages in views of 2,048 bytes and leaves zeros at the end of one where a letter of several bytes does
 * not fit any more; no page of ours has a zero of its own, HTML allows none.
 */
const withoutZeroBytes = (page: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  page.includes(0) ? page.filter((byte) => byte !== 0) : page;
