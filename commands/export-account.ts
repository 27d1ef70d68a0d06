import { accountStream } from '../domain/streams.ts';
import { chainStart } from '../eventstore/chain.ts';
import type { Deps } from './deps.ts';
import { activityOf, looksAt, sessionsOf, tokensOf } from './export-beside.ts';
import type { ExportDocument, ExportedEvent } from './export-document.ts';
import { exportedState } from './export-state.ts';
import { logIdOf } from './installation.ts';
import { foldOpened, readOpened, type OpenedEvent } from './read-opened.ts';
import { signStatement } from './signed-statement.ts';
import { isLiving } from '../domain/account/is-living.ts';

export type ExportDeps = Pick<Deps, 'store' | 'vault' | 'clock'>;

/** No living account is there to be exported, or it was erased meanwhile. */
export class NothingToExport extends Error {
  readonly code = 'nothing-to-export';
}

/**
 * Everything about an account as one JSON document, piece by piece: however long the history, no more than a few
 * events stand in memory. Schema: export-document.ts. It is read twice, first for what is true now, then for the
 * events that make it so, up to the same revision; the last thing in it is a signed head (H9).
 * Throws NothingToExport, Unavailable, and the vault's faults.
 */
export async function* exportAccount(
  deps: ExportDeps,
  accountId: string,
  origin: string,
): AsyncGenerator<string> {
  const at = deps.clock();
  const { account, revision } = await foldOpened(deps, accountId);
  if (!isLiving(account)) throw new NothingToExport();
  const stream = accountStream(accountId);

  yield '{\n';
  yield member('format', 'latchkey-export' satisfies ExportDocument['format']);
  yield member('version', 1 satisfies ExportDocument['version']);
  yield member('origin', origin);
  yield member('exportedAt', at.toISOString());
  yield member('account', exportedState(accountId, account));
  yield member('sessions', await sessionsOf(deps, accountId, account));
  yield member('tokens', await tokensOf(deps, accountId, account));
  yield member('activity', await activityOf(deps, accountId));
  yield* list('looks', looksAt(deps, accountId));
  yield `"history": {\n"stream": ${JSON.stringify(stream)},\n`;
  const end = { revision: -1, chain: chainStart(stream) };
  yield* list('events', eventsUpTo(deps, { accountId, revision }, end), '');
  yield '},\n';
  const head = await signStatement(deps.vault.installationKeys, {
    format: 'latchkey-export-head',
    version: 1,
    logId: await logIdOf(deps.store),
    stream,
    ...end,
    at: at.toISOString(),
  });
  yield `"head": ${JSON.stringify(head, null, 2)}\n}\n`;
}

/** Tells where it ended, for the head that is signed. */
async function* eventsUpTo(
  deps: ExportDeps,
  upTo: { readonly accountId: string; readonly revision: number },
  end: { revision: number; chain: string },
): AsyncGenerator<ExportedEvent> {
  for await (const opened of readOpened(deps, upTo.accountId, upTo.revision)) {
    const { revision, metadata } = opened.recorded;
    end.revision = revision;
    end.chain = metadata.chain;
    yield exportedEventOf(opened);
  }
}

const exportedEventOf = ({ recorded, opened }: OpenedEvent): ExportedEvent => {
  if (opened === 'erased') throw new NothingToExport();
  const { revision, id, type, data, metadata } = recorded;
  return { revision, id, type, data, metadata, ...(opened !== undefined && { opened }) };
};

const member = (name: string, value: unknown): string =>
  `${JSON.stringify(name)}: ${JSON.stringify(value, null, 2)},\n`;

/** One item a line. */
async function* list(
  name: string,
  items: AsyncIterable<unknown>,
  after = ',',
): AsyncGenerator<string> {
  yield `${JSON.stringify(name)}: [`;
  let between = '\n';
  for await (const item of items) {
    yield between + JSON.stringify(item);
    between = ',\n';
  }
  yield `\n]${after}\n`;
}
