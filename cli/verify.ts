import { join } from 'node:path';
import { readLogHeads, type LogHeadsFile } from '../commands/log-heads-file.ts';
import { judgeSignature } from '../commands/signed-statement.ts';
import type { Environment } from '../config/environment.ts';
import { HeadComparison, type HeadDifference } from '../eventstore/compare-heads.ts';
import { openEsdbEventStore } from '../eventstore/esdb-event-store.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { openSqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { isLogDamaged } from '../eventstore/log-damaged.ts';
import { verifyLog, type BrokenEvent, type LogVerification } from '../eventstore/verify-log.ts';
import { progress } from './progress.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';
import { readKey, verifyExportFile } from './verify-export.ts';

/**
 * Recomputes every hash chain over the stored bytes, also of a log that the app refuses to open; with a file, those
 * of an export. Consistent is not untouched: whoever can write the log can recompute a chain, and a cut-off tail is
 * seen only against heads that were signed before and kept elsewhere.
 */
export async function verify(call: Call): Promise<VerbAnswer> {
  const { argument, options, environment, interactive } = call;
  const keyPath = textOf(options['key']);
  if (argument !== '') return verifyExportFile(argument, keyPath);
  const given = await headsGiven(textOf(options['heads']), keyPath);
  const store = await openForInspection(environment);
  const bar = progress('verifying', interactive);
  const comparison = new HeadComparison(given?.file.heads ?? []);
  try {
    const result = await verifyLog(store, {
      onProgress: ({ position, head, events }) =>
        bar.to(Number(position ?? 0n), Number(head), events),
      onEvent: comparison.add,
    });
    return answerOf(result, given, comparison);
  } catch (error) {
    if (!isLogDamaged(error)) throw error;
    const text = `broken: ${error.message}`;
    return { text, json: { damaged: error.message }, exitCode: 1 };
  } finally {
    bar.end();
    await store.close();
  }
}

interface GivenHeads {
  readonly file: LogHeadsFile;
  readonly trusted: boolean;
}

/** Throws BadCall for a forged file: nothing can be said against it. */
async function headsGiven(
  path: string | undefined,
  keyPath: string | undefined,
): Promise<GivenHeads | undefined> {
  if (path === undefined) return undefined;
  const file = await readLogHeads(path).catch((error: unknown) => {
    throw new BadCall(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const verdict = judgeSignature(file.signed, keyPath === undefined ? undefined : readKey(keyPath));
  if (verdict === 'forged') throw new BadCall(`${path}: its signature does not hold for that key`);
  return { file, trusted: verdict === 'trusted' };
}

/** Without the checks of a start, which may be what an operator wants to know more about. */
function openForInspection(environment: Environment): Promise<EventStore> {
  const { eventstoreUrl: url, eventstorePrefix: prefix, dataDir } = environment;
  if (url !== undefined) return openEsdbEventStore({ url, prefix });
  return openSqliteEventStore({ path: join(dataDir, 'log.db'), prefix, inspect: true });
}

function answerOf(
  { events, streams, broken }: LogVerification,
  given: GivenHeads | undefined,
  comparison: HeadComparison,
): VerbAnswer {
  const differences = comparison.differences();
  const whole = broken.length === 0 && differences.length === 0;
  const lines = [...broken.map(lineOf), ...differences.map(differenceLine)];
  const verdict = whole ? wholeText(given, comparison) : 'broken.';
  return {
    text: [`${events} events in ${streams} streams: ${verdict}`, ...lines].join('\n'),
    json: {
      events,
      streams,
      broken: broken.map(documentOf),
      heads: given && { ...given.file.signed.statement, trusted: given.trusted, differences },
    },
    exitCode: whole ? 0 : 1,
  };
}

function wholeText(given: GivenHeads | undefined, { later }: HeadComparison): string {
  if (!given) {
    return 'consistent. That is not untouched: whoever can write the log can make its chains anew, and a tail that was cut off is seen only against heads signed before and kept elsewhere (`latchkey heads`, then `verify --heads`).';
  }
  const { events, at } = given.file.signed.statement;
  const since = `the ${events} events of ${at} are all there and the same, ${later} came later`;
  return given.trusted
    ? `untouched since those heads were signed by the key you trust: ${since}.`
    : `consistent, and they end as those heads say: ${since}. Whether the heads are this installation's own, only its key tells (--key).`;
}

const lineOf = ({ stream, revision, breakage }: BrokenEvent): string =>
  `${stream} at revision ${revision}: ${words[breakage]}`;

const differenceLine = ({ stream, revision, endsAt, difference }: HeadDifference): string =>
  difference === 'differs'
    ? `${stream} at revision ${revision}: not what was signed`
    : `${stream}: ${endsAt < 0 ? 'is gone' : `ends at revision ${endsAt}`}, but was signed up to revision ${revision}: its tail was cut off`;

const words = {
  chain: 'not what was written',
  gap: 'events before it are missing',
  unreadable: 'cannot be read',
} as const;

const documentOf = ({ stream, revision, breakage, position }: BrokenEvent) => ({
  stream,
  revision,
  breakage,
  position: String(position),
});

const textOf = (option: string | boolean | undefined): string | undefined =>
  typeof option === 'string' ? option : undefined;
