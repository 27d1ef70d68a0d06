import { randomUUID } from 'node:crypto';
import { installationEvent } from '../domain/installation.ts';
import { installationStream } from '../domain/streams.ts';
import { faultCode, type EventStore, type RecordedEvent } from '../eventstore/event-store.ts';
import type { LogHead, Vault } from '../vault/vault.ts';
import { emptyHead, writeAt } from './write-stream.ts';

/** Log, vault and claim key do not belong together: the program must not run on them. */
export class InstallationMismatch extends Error {
  readonly code = 'installation-mismatch';
}

export interface Parts {
  readonly store: EventStore;
  readonly vault: Vault;
  /** Recognises the claim key. */
  readonly keyCheck: string;
}

/**
 * Binds log, vault and claim key together at the first start, and refuses every later start with another one of
 * them, with an older or foreign log, or with a log that lost its end (F5). Answers the log's id.
 * Throws InstallationMismatch with which part differs, Unavailable.
 */
export async function openInstallation(parts: Parts): Promise<string> {
  const { store, vault } = parts;
  const seen = await vault.logHeads.get();
  const first = (await firstEvent(store)) ?? (seen ? undefined : await found(parts));
  if (!first) {
    throw new InstallationMismatch(
      'the log is empty, but this vault has seen events of a log: the log was lost or replaced. Restore it, or give the vault of this log.',
    );
  }
  const opened = installationEvent.parse({ ...first.data, type: first.type });
  if (opened.vaultId !== vault.vaultId) {
    throw new InstallationMismatch(
      'this vault belongs to another log. Give the vault that the log was opened with.',
    );
  }
  if (opened.keyCheck !== parts.keyCheck) {
    throw new InstallationMismatch(
      'LATCHKEY_PEPPER is not the claim key that this log was opened with. It can never change.',
    );
  }
  if (seen) await refuseOlderLog(store, opened.logId, seen);
  return opened.logId;
}

/** The id of a log, as its first event says. Throws InstallationMismatch for an empty log, Unavailable. */
export async function logIdOf(store: Pick<EventStore, 'read'>): Promise<string> {
  const first = await firstEvent(store);
  if (!first) throw new InstallationMismatch('the log is empty.');
  return installationEvent.parse({ ...first.data, type: first.type }).logId;
}

async function firstEvent(store: Pick<EventStore, 'read'>): Promise<RecordedEvent | undefined> {
  for await (const event of store.read(installationStream, { max: 1 })) return event;
  return undefined;
}

/** Two processes may start on an empty log at once: the first writes, the other reads what it wrote. */
async function found({ store, vault, keyCheck }: Parts): Promise<RecordedEvent | undefined> {
  if ((await store.head()) > 0n) {
    // Since it was looked for, the other process may have written it.
    const first = await firstEvent(store);
    if (first) return first;
    throw new InstallationMismatch(
      'the log holds events but no `installation` stream: it is not a log of this program.',
    );
  }
  const logId = randomUUID();
  const write = writeAt(emptyHead(installationStream), logId, {
    cause: { actor: 'system', requestId: 'start', at: new Date() },
    drafts: [
      { type: 'LogOpened', v: 1, data: () => ({ logId, vaultId: vault.vaultId, keyCheck }) },
    ],
  });
  try {
    await store.append([write]);
  } catch (error) {
    if (faultCode(error) !== 'conflict') throw error;
  }
  return firstEvent(store);
}

async function refuseOlderLog(store: EventStore, logId: string, seen: LogHead): Promise<void> {
  if (seen.logId !== logId) {
    throw new InstallationMismatch(
      'this vault was last used with another log. Give the log it belongs to.',
    );
  }
  for await (const event of store.read(seen.stream, { from: seen.revision, max: 1 })) {
    if (event.revision === seen.revision && event.metadata.chain === seen.chain) return;
  }
  throw new InstallationMismatch(
    'the log is older than what this vault has seen: its end is missing or differs. Restore the newest log, or use `latchkey restore`.',
  );
}
