import { installationEvent, type InstallationEvent } from '../domain/installation.ts';
import { installationStream } from '../domain/streams.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { CopyFault } from './copy-fault.ts';
import type { TwoLogs } from './two-logs.ts';

/**
 * The source must be a log of this program, and the target no log of another installation. Throws CopyFault
 * (copy-refused), Unavailable.
 */
export async function refuseOtherInstallation({ source, target }: TwoLogs): Promise<void> {
  const from = await openedBy(source, 'source');
  if (!from) throw refused('the source holds no log of this program');
  const to = await openedBy(target, 'target');
  if (to && to.logId !== from.logId) {
    throw refused('the target holds the log of another installation; give another prefix or place');
  }
}

async function openedBy(
  store: EventStore,
  name: 'source' | 'target',
): Promise<InstallationEvent | undefined> {
  for await (const { type, data } of store.read(installationStream, { max: 1 })) {
    const opened = installationEvent.safeParse({ ...data, type });
    if (opened.success) return opened.data;
    throw refused(`the \`installation\` stream of the ${name} is not of this program`);
  }
  return undefined;
}

const refused = (message: string): CopyFault => new CopyFault('copy-refused', message);
