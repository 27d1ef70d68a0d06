import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import type { EventStore, RecordedEvent } from '../../eventstore/event-store.ts';
import { dumpAccountEvents } from '../../projections/account-events.ts';
import { dumpLookups } from '../../projections/lookups.ts';
import { Projector, type ProjectorParts } from '../../projections/projector.ts';
import { ReadModelFile } from '../../projections/read-model-file.ts';
import { asGuarded, registered, startProcess } from './installation.ts';
import { untilCaughtUp } from './log-events.ts';
import { makeTemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';

const github = { provider: 'github', profile: { issuer: 'https://github.com', subject: '42' } };

export interface History {
  readonly events: readonly RecordedEvent[];
  /** What they fold to, by the embedded log's own lookups; see `dumpOf`. */
  readonly dump: string;
}

/** A few people: keys that move from one to another, names that change, an account that closes. */
export async function aHistory(): Promise<History> {
  const env = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
  const dir = makeTemporaryDirectory();
  const { deps, store, close } = await startProcess({ dir, env });
  const ann = await registered(deps, 'ann');
  const bob = await registered(deps, 'bob');
  await linkProvider(deps, ann, github);
  await changeProfile(deps, ann, { username: 'anna', name: 'Anna', email: 'anna@example.org' });
  await changeProfile(deps, bob, { username: 'ann', name: 'Bob', email: 'ann@example.org' });
  const identityId = deps.keyOf('identity', 'https://github.com\u000042');
  const freed = await unlinkProvider(deps, ann, { provider: 'github', identityId });
  if (!freed.ok || !freed.issued) throw new Error('not unlinked');
  await linkProvider(deps, bob, github);
  await deleteAccount(deps, await asGuarded(deps, freed.issued.token));
  const events = await untilCaughtUp(store, { prefixes: [] });
  const lookups = dumpLookups(store.db);
  await close();
  rmSync(dir, { recursive: true });
  return { events, dump: digest(lookups + dumpOfAccounts(events)) };
}

const dumpOfAccounts = (events: readonly RecordedEvent[]): string =>
  JSON.stringify(
    events
      .filter(({ stream }) => stream.startsWith('account-'))
      .toSorted((one, other) =>
        one.stream === other.stream
          ? one.revision - other.revision
          : one.stream < other.stream
            ? -1
            : 1,
      )
      .map(({ stream, revision, id, type, data, metadata }) => ({
        stream,
        revision,
        id,
        type,
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
      })),
  );

/** A machine's read model that goes with the test. */
export async function openModel(dir = temporaryDirectory()): Promise<ReadModelFile> {
  const model = await ReadModelFile.open(join(dir, 'read.db'));
  onTestFinished(() => model.close());
  return model;
}

export interface Running {
  readonly faults: unknown[];
  readonly stop: () => Promise<void>;
}

/** A projector that runs until the test ends, or is stopped. */
export function project(
  store: Pick<EventStore, 'read' | 'subscribe'>,
  model: ReadModelFile,
  parts: Partial<ProjectorParts> = {},
): Running {
  const faults: unknown[] = [];
  const end = new AbortController();
  const all = { logId: 'log-1', seen: () => undefined, ...parts };
  const projector = new Projector({
    ...all,
    store,
    model,
    report: (fault) => faults.push(fault),
  });
  const running = projector.run(end.signal);
  const stop = async () => {
    end.abort();
    await running;
  };
  onTestFinished(stop);
  return { faults, stop };
}

/** Equal for two read models of one history (I6), and short to look at when it is not. */
export const dumpOf = ({ db }: ReadModelFile): string =>
  digest(dumpLookups(db) + dumpAccountEvents(db));

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
