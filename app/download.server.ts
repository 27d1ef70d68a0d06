/** Pieces are gathered to about this many characters before they go out. */
const PIECE = 32_768;

export interface Download {
  readonly type: 'application/json' | 'text/csv';
  /** Says nothing of the person. */
  readonly fileName: string;
  readonly pieces: AsyncIterable<string>;
}

/**
 * An answer that the browser keeps as a file and no cache keeps at all. It reads on only while the client does. The
 * first piece is made before the answer begins, so that what cannot be made at all is answered as a page.
 */
export async function download({ type, fileName, pieces }: Download): Promise<Response> {
  const encoded = encode(pieces);
  let made = await encoded.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (made.done) return controller.close();
      controller.enqueue(made.value);
      made = await encoded.next();
    },
    async cancel() {
      await encoded.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    },
  });
}

async function* encode(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  let gathered = '';
  for await (const piece of pieces) {
    gathered += piece;
    if (gathered.length < PIECE) continue;
    yield encoder.encode(gathered);
    gathered = '';
  }
  if (gathered !== '') yield encoder.encode(gathered);
}
