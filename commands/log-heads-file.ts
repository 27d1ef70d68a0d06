import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { z } from 'zod';
import type { NotedHead } from '../eventstore/compare-heads.ts';
import type { InstallationKeys } from '../vault/vault.ts';
import { signedLogHeads, signStatement, type LogHeadsStatement } from './signed-statement.ts';

/**
 * The ends of every stream, one JSON line each, and in the last line a signature over them. Kept elsewhere than the
 * log, it shows a tail that was cut off and a chain that was made anew.
 */
export type SignedLogHeads = z.infer<typeof signedLogHeads>;

const headLine = z.strictObject({ stream: z.string(), revision: z.int(), chain: z.string() });

export interface LogHeadsFile {
  readonly heads: readonly NotedHead[];
  readonly signed: SignedLogHeads;
}

/** The file is not one that was written whole by `writeLogHeads`. */
export class NotLogHeads extends Error {
  readonly code = 'not-log-heads';
}

/** Writes the file; answers what was signed. An existing file is not overwritten: throws Node's EEXIST. */
export async function writeLogHeads(
  keys: Pick<InstallationKeys, 'sign' | 'publicKeys'>,
  path: string,
  log: { readonly heads: Iterable<NotedHead> } & Pick<LogHeadsStatement, 'logId' | 'events' | 'at'>,
): Promise<SignedLogHeads> {
  const { heads, ...told } = log;
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(file, 'open');
  const digest = createHash('sha256');
  let streams = 0;
  for (const { stream, revision, chain } of heads) {
    const line = `${JSON.stringify({ stream, revision, chain })}\n`;
    digest.update(line);
    streams += 1;
    if (!file.write(line)) await once(file, 'drain');
  }
  const signed = await signStatement(keys, {
    format: 'latchkey-log-heads',
    version: 1,
    ...told,
    streams,
    digest: digest.digest('base64url'),
  });
  file.end(`${JSON.stringify(signed)}\n`);
  await finished(file);
  return signed;
}

/** Reads it, and checks that the signed digest is of its own lines. Throws NotLogHeads. */
export async function readLogHeads(path: string): Promise<LogHeadsFile> {
  const heads: NotedHead[] = [];
  const digest = createHash('sha256');
  let signed: SignedLogHeads | undefined;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (signed) throw new NotLogHeads('something stands behind its signature');
    const read = parse(line);
    signed = signedLogHeads.safeParse(read).data;
    if (signed) continue;
    const head = headLine.safeParse(read);
    if (!head.success) throw new NotLogHeads(`line ${heads.length + 1} is no head of a stream`);
    digest.update(`${line}\n`);
    heads.push(head.data);
  }
  if (!signed) throw new NotLogHeads('it has no signature: it was cut short');
  const whole =
    signed.statement.digest === digest.digest('base64url') &&
    signed.statement.streams === heads.length;
  if (!whole) throw new NotLogHeads('its lines are not those that were signed');
  return { heads, signed };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // no JSON: no head either
  }
}
