/** The bytes of a body, decoded; undefined as soon as there are more than `cap`, and then nothing more is read. */
export async function readCapped(
  body: AsyncIterable<Uint8Array> | null,
  cap: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > cap) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
