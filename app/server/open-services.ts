import { AccountChanges } from '../../projections/account-changes.ts';
import type { Environment } from '../../config/environment.ts';
import { applyErasedList } from '../../commands/drive-deletions.ts';
import { guard } from '../../commands/guard.ts';
import { startHousekeeping } from '../../commands/housekeeping.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { codeOf } from '../fault-answer.ts';
import { Feeds } from './feeds.ts';
import { healthOf } from './health.ts';
import type { Logger } from './logger.ts';
import type { Services } from './services.ts';

/**
 * The services of this process, opened once, and the secrets that its cookies are signed with. `refused` is told where
 * the log was reached late and is not the one that belongs here.
 */
export async function openServices(
  config: Environment,
  logger: Logger,
  refused: (error: unknown) => void,
): Promise<{ services: Services; cookieSecrets: readonly Buffer[] }> {
  const latchkey = await openLatchkey(config, {
    report: ({ what, error }) => logger.error({ err: error, what }, 'background work failed'),
    serving: { refused, catchingUp: tellCatchingUp(logger) },
  });
  const { deps, secrets, log, shownAccounts } = latchkey;
  if (secrets.file?.isNew) logger.info('secrets made up under development rules');
  await applyList(latchkey);
  const endHousekeeping = startHousekeeping(latchkey);
  const lost = (error: unknown) => logger.error({ err: error }, 'the live feed lost the log');
  const services: Services = {
    deps,
    testSignIns: new Map(),
    changes: new AccountChanges(deps.store, lost),
    feeds: new Feeds(),
    shownAccounts,
    guard: (token) => guard(deps, token),
    viewer: (token) => guard({ ...deps, accounts: shownAccounts }, token),
    away: () => (log.kind === 'server' ? log.away() : undefined),
    seen: ({ session }, at) => deps.vault.sessions.touch(session.sessionId, at),
    signInOrigins: signInOriginsOf(deps),
    health: () => healthOf(latchkey),
    newestFirst: (before) => log.newestFirst(before),
    condition: () => log.condition(deps.clock()),
    canSave: async () => (await log.saving()).possible,
    close: async () => {
      services.changes.close();
      await endHousekeeping();
      await latchkey.close();
    },
  };
  return { services, cookieSecrets: secrets.cookieSecrets };
}

/**
 * Files may have come out of a backup by hand: nobody who was erased is served again. Where the log is away nobody is
 * served at all, and whoever drives deletions comes to it.
 */
async function applyList({ deps }: Latchkey): Promise<void> {
  try {
    await applyErasedList(deps);
  } catch (error) {
    if (codeOf(error) !== 'unavailable') throw error;
    deps.report({ what: 'erasing', error });
  }
}

const tellCatchingUp =
  (logger: Logger) =>
  ({ events, done }: { readonly events: number; readonly done: number }): void =>
    logger.info({ events, done: `${Math.floor(done * 100)} %` }, 'lookups are being made');

const signInOriginsOf =
  ({ providers }: Services['deps']): Services['signInOrigins'] =>
  () =>
    [...providers.values()].map(({ origin }) => origin);
