import type { Environment } from '../../config/environment.ts';
import { guard } from '../../commands/guard.ts';
import { startHousekeeping } from '../../commands/housekeeping.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { codeOf } from '../fault-answer.ts';
import type { Logger } from './logger.ts';
import type { Health, Services } from './services.ts';

/** The services of this process, opened once, and the secrets that its cookies are signed with. */
export async function openServices(
  config: Environment,
  logger: Logger,
): Promise<{ services: Services; cookieSecrets: readonly Buffer[] }> {
  const latchkey = await openLatchkey(config, {
    report: ({ what, error }) => logger.error({ err: error, what }, 'background work failed'),
  });
  const { deps, secrets } = latchkey;
  if (secrets.file?.isNew) logger.info('secrets made up under development rules');
  const endHousekeeping = startHousekeeping(latchkey);
  const services: Services = {
    deps,
    guard: (token) => guard(deps, token),
    seen: ({ session }, at) => deps.vault.sessions.touch(session.sessionId, at),
    health: () => healthOf(latchkey),
    canSave: async () => (await latchkey.store.writable()).writable,
    close: async () => {
      await endHousekeeping();
      await latchkey.close();
    },
  };
  return { services, cookieSecrets: secrets.cookieSecrets };
}

/**
 * Each part by its own name. A log that can only be read still serves pages; lookups that stand still for good would
 * answer what is no longer so, and make the process not ready (F20).
 */
async function healthOf({ deps, store }: Latchkey): Promise<Health> {
  const log = await wordFor(() => deps.store.head());
  const vault = await wordFor(() => deps.vault.logHeads.get());
  const lookups = await wordFor(async () => {
    const { stopped } = deps.lookups.state();
    if (stopped) throw Object.assign(new Error('stopped'), { code: `stopped: ${stopped.reason}` });
  });
  const writable = await store.writable();
  const saving = writable.writable ? 'ok' : writable.reason;
  const ready = log === 'ok' && vault === 'ok' && lookups === 'ok';
  return { ready, parts: { log, vault, lookups, saving } };
}

const wordFor = (ask: () => Promise<unknown>): Promise<string> =>
  ask().then(
    () => 'ok',
    (error: unknown) => codeOf(error) ?? 'fault',
  );
