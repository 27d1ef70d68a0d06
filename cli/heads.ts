import type { NotedHead } from '../eventstore/compare-heads.ts';
import { verifyLog } from '../eventstore/verify-log.ts';
import { writeLogHeads } from '../commands/log-heads-file.ts';
import { progress } from './progress.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/**
 * Notes where every stream ends, and signs that. Keep the file elsewhere: whoever can write the log must not be able
 * to write it. A log that is broken already is not signed.
 */
export async function heads({ argument, open, interactive }: Call): Promise<VerbAnswer> {
  const { log, deps } = await open();
  const ends = new Map<string, NotedHead>();
  const bar = progress('reading', interactive);
  const { events, broken } = await verifyLog(log.store, {
    onProgress: (told) => bar.to(Number(told.position ?? 0n), Number(told.head), told.events),
    onEvent: ({ stream, revision, metadata }) =>
      ends.set(stream, { stream, revision, chain: metadata.chain }),
  });
  bar.end();
  const [first] = broken;
  if (first) {
    const text = `${first.stream} is broken at revision ${first.revision}: nothing was signed. Run \`latchkey verify\`.`;
    return { text, json: { signed: false, broken: first.stream }, exitCode: 1 };
  }
  const { statement, keyId } = await writeLogHeads(deps.vault.installationKeys, argument, {
    logId: await log.logId,
    events,
    at: deps.clock().toISOString(),
    heads: ends.values(),
  });
  return {
    text: `the ends of ${statement.streams} streams with ${events} events, signed with key ${keyId}, are in ${argument}. Keep it where the log's writers cannot write.`,
    json: { signed: true, file: argument, keyId, ...statement },
  };
}
