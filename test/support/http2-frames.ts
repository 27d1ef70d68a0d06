const prefaceLength = 24;
const headerLength = 9;
/** A frame that begins a request or an answer. */
const headersType = 1;

/** Follows the frames of one direction of an HTTP/2 connection without looking inside. */
export class Http2Frames {
  readonly side: 'client' | 'server';
  #skip: number;
  #header = Buffer.alloc(0);

  /** A client's side begins with the preface. */
  constructor(side: 'client' | 'server') {
    this.side = side;
    this.#skip = side === 'client' ? prefaceLength : 0;
  }

  /** Does a request or an answer begin in the next bytes of the connection? */
  beginsMessage(chunk: Buffer): boolean {
    let found = false;
    for (let at = 0; at < chunk.length;) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      at += skipped;
      this.#skip -= skipped;
      const part = chunk.subarray(at, at + headerLength - this.#header.length);
      at += part.length;
      this.#header = Buffer.concat([this.#header, part]);
      if (this.#header.length < headerLength) continue;
      found ||= this.#header[3] === headersType;
      this.#skip = this.#header.readUIntBE(0, 3);
      this.#header = Buffer.alloc(0);
    }
    return found;
  }
}
