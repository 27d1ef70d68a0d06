import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const proposed = z.object({
  id: z.string(),
  type: z.string(),
  contentType: z.string(),
  /** Base64, as both are bytes to the server. */
  data: z.string(),
  metadata: z.string(),
});
/** An event as a client proposes it. */
export type Proposed = z.infer<typeof proposed>;

const write = z.object({
  stream: z.string(),
  /** Revision of the first event. Of a tombstone: the greatest there is. */
  first: z.number(),
  at: z.string(),
  events: z.array(proposed),
});
/** One append, as one line of the file: written whole or not at all. */
export type Write = z.infer<typeof write>;

/** The peer's log on disk: lines are only ever added, and what is in the file survives the process. */
export class PeerFile {
  readonly #fd: number;
  #end: number;
  /** The lines that were there, with their offsets. */
  readonly kept: readonly { readonly offset: number; readonly write: Write }[];

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    const path = join(directory, 'peer-log.ndjson');
    this.#fd = openSync(path, 'a+');
    const bytes = readFileSync(path);
    this.#end = bytes.lastIndexOf(0x0a) + 1;
    ftruncateSync(this.#fd, this.#end);
    this.kept = lines(bytes.subarray(0, this.#end));
  }

  /** Answers where the line begins. */
  add(line: Write): number {
    const offset = this.#end;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    writeSync(this.#fd, bytes);
    this.#end += bytes.length;
    return offset;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function lines(bytes: Buffer) {
  const found: { offset: number; write: Write }[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const end = bytes.indexOf(0x0a, offset);
    const parsed: unknown = JSON.parse(bytes.toString('utf8', offset, end));
    found.push({ offset, write: write.parse(parsed) });
    offset = end + 1;
  }
  return found;
}
