import { z } from 'zod';
import { historyEntry } from '../commands/history-entry.ts';
import { revisionOf } from '../commands/load-account.ts';
import type { Viewer } from '../commands/guard.ts';
import type { NoMoment } from './history-moment.server.ts';
import type { RawEvent } from './pages/raw-event-page.tsx';
import { tellerOf, type ReadingContext } from './history-reading.server.ts';

/** One event whole, for whoever proved just now that it is theirs. Throws the vault's faults. */
export async function rawEvent(
  context: ReadingContext,
  viewer: Viewer,
  revision: number,
): Promise<RawEvent | NoMoment> {
  const { accounts, loaded, open } = await tellerOf(context, viewer);
  const last = revisionOf(loaded);
  const at = { from: revision, through: Math.min(revision, last) };
  for await (const recorded of accounts.events(loaded.accountId, at)) {
    const { stream, id, type, metadata } = recorded;
    const { type: _type, ...data } = historyEntry(recorded, open).event;
    const commitment = commitmentOf(recorded.data['personal']);
    const text = JSON.stringify(data, null, 2);
    return { revision, last, stream, id, type, metadata, data: text, commitment };
  }
  return { missing: revision, last };
}

const seal = z.object({ commitment: z.string() });

const commitmentOf = (field: unknown): string | undefined => seal.safeParse(field).data?.commitment;
