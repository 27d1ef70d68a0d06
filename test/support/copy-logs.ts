import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import type { EventStore, RecordedEvent } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { aHistory } from './projecting.ts';
import { StreamAuthor, untilCaughtUp, type Draft } from './log-events.ts';
import { makeTemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';
import { serverKinds, serverPlace, type LogKind } from './test-logs.ts';

/** Where a log can be copied from and to. */
export const copyKinds = ['the embedded log', ...serverKinds] as const;

/** An empty place for a log. */
export interface CopyPlace {
  /** As the terminal takes it. */
  readonly words: { readonly log: string; readonly prefix: string };
  /** Opened again each time; closed with the test at the latest. */
  readonly open: () => Promise<EventStore>;
}

export async function emptyPlace(kind: LogKind): Promise<CopyPlace> {
  if (kind === 'the embedded log') return filePlace(join(temporaryDirectory(), 'log.db'));
  const { url, prefix } = await serverPlace(makeTemporaryDirectory(), kind);
  return {
    words: { log: url, prefix },
    open: () => closing(openEsdbEventStore({ url, prefix })),
  };
}

export const filePlace = (path: string, prefix = ''): CopyPlace => ({
  words: { log: path, prefix },
  open: () => closing(openSqliteEventStore({ path, prefix })),
});

async function closing(opening: Promise<EventStore>): Promise<EventStore> {
  const store = await opening;
  onTestFinished(() => store.close());
  return store;
}

export const logOpened = (logId: string): Draft => ({
  type: 'LogOpened',
  data: { logId, vaultId: 'vault-1', keyCheck: 'k'.repeat(43) },
});

/** What is hard to carry over byte for byte. */
const awkward: readonly Draft[] = [
  { data: { text: 'é "quoted" \\ \u0000 \u2028 \ud83d\ude00 ｆｕｌｌ', nothing: null, yes: true } },
  { data: { small: 1e-9, large: 9007199254740991, negative: -0.5, list: [1, [2, { three: 3 }]] } },
  { data: { b: 1, a: 2, '10': 3, '9': 4, nested: { z: [], y: {} } } },
  {},
];

let people: ReturnType<typeof aHistory> | undefined;

/**
 * A log as an installation writes it: opened, people with a past, streams that take turns, one long run of a stream,
 * runs of large events.
 */
export async function writeWholeLog(store: EventStore, logId = 'log-1'): Promise<void> {
  const opened = new StreamAuthor('installation');
  await store.append([opened.next(logOpened(logId))]);
  people ??= aHistory();
  for (const event of (await people).events) await store.append([asWritten(event)]);
  const audits = Array.from({ length: 5 }, (_, index) => new StreamAuthor(`audit-${index}`));
  for (let turn = 0; turn < 40; turn += 1) {
    const author = audits[(turn * 3) % 5] ?? opened;
    const drafts = turn % 4 === 0 ? awkward : [{ type: 'AccountViewed', data: { turn } }];
    await store.append([author.next(...drafts)]);
  }
  const [long = opened, large = opened] = audits;
  const run = Array.from({ length: 300 }, (_, turn) => ({ data: { turn } }));
  await store.append([long.next(...run)]);
  for (let turn = 0; turn < 12; turn += 1) {
    await store.append([large.next({ data: { text: 'x'.repeat(100_000) } })]);
  }
}

const asWritten = ({ stream, revision, id, type, data, metadata }: RecordedEvent) => ({
  stream,
  expected: revision === 0 ? ('none' as const) : revision - 1,
  events: [{ id, type, data, metadata }],
});

/** All that must be the same in both logs, in order. */
export const contentsOf = async (store: EventStore): Promise<readonly string[]> =>
  (await untilCaughtUp(store, { prefixes: [] })).map(
    ({ stream, revision, id, type, data, metadata }) =>
      JSON.stringify({ stream, revision, id, type, data, metadata }),
  );

/** The store, with some of its answers changed. */
export const but = (store: EventStore, changed: Partial<EventStore>): EventStore => ({
  atomic: store.atomic,
  append: (writes) => store.append(writes),
  read: (...asked) => store.read(...asked),
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  close: () => store.close(),
  ...changed,
});
