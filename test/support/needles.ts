/** Something that must not hold what people typed. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Spelling {
  readonly how: string;
  readonly bytes: Buffer;
}

/** Where a text stands, and how it is spelt there; empty when it stands nowhere. */
export const whereFound = (needle: string, places: readonly Place[]): string[] =>
  places.flatMap(({ name, bytes }) =>
    spellingsOf(needle)
      .filter((spelling) => bytes.includes(spelling.bytes))
      .map(({ how }) => `${how} in ${name}`),
  );

/** The same for bytes that are no text: a key, a hash, something sealed. Their usual spellings may lie in UTF-16, too. */
export function whereBytesFound(needle: Buffer, places: readonly Place[]): string[] {
  const usual = ['hex', 'base64', 'base64url'] as const;
  const wide = usual.map((how) => ({
    how: `UTF-16 of ${how}`,
    bytes: Buffer.from(needle.toString(how).replace(/=+$/, ''), 'utf16le'),
  }));
  return places.flatMap(({ name, bytes }) =>
    [...encodings(needle, 'the bytes'), ...wide]
      .filter((spelling) => bytes.includes(spelling.bytes))
      .map(({ how }) => `${how} in ${name}`),
  );
}

/** Every way in which a text may lie in bytes: encodings, escapes, and base64 wherever in it the text begins. */
export function spellingsOf(needle: string): readonly Spelling[] {
  const forms = new Set([
    needle,
    needle.toLowerCase(),
    needle.normalize('NFKC'),
    canonical(needle),
  ]);
  return [...forms].flatMap((text) => [
    ...encodings(Buffer.from(text, 'utf8'), 'UTF-8'),
    ...encodings(Buffer.from(text, 'utf16le'), 'UTF-16LE'),
    { how: 'UTF-16BE', bytes: Buffer.from(text, 'utf16le').swap16() },
    { how: 'percent-encoded', bytes: Buffer.from(encodeURIComponent(text)) },
    { how: 'a form', bytes: Buffer.from(new URLSearchParams({ '': text }).toString().slice(1)) },
    { how: 'JSON', bytes: Buffer.from(JSON.stringify(text).slice(1, -1)) },
    { how: 'ASCII JSON', bytes: Buffer.from(asciiJson(text)) },
  ]);
}

const canonical = (text: string) => text.normalize('NFKC').toLowerCase().normalize('NFKC');

function encodings(bytes: Buffer, how: string): readonly Spelling[] {
  const hex = bytes.toString('hex');
  return [
    { how, bytes },
    { how: `hex of ${how}`, bytes: Buffer.from(hex) },
    { how: `HEX of ${how}`, bytes: Buffer.from(hex.toUpperCase()) },
    ...[0, 1, 2].flatMap((offset) => [
      { how: `base64 of ${how}`, bytes: inBase64(bytes, offset, 'base64') },
      { how: `base64url of ${how}`, bytes: inBase64(bytes, offset, 'base64url') },
    ]),
  ];
}

/** The characters that stand for these bytes alone where they begin `offset` bytes after a group of three. */
function inBase64(bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString(alphabet);
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.from(encoded.slice(Math.ceil((offset * 8) / 6), whole));
}

const asciiJson = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
