import type { Environment } from '../../config/environment.ts';
import { guard } from '../../commands/guard.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { weakness } from '../../vault/common-passwords.ts';
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
  const services: Services = {
    deps,
    weakness,
    guard: (token) => guard(deps, token),
    seen: ({ session }, at) => deps.vault.sessions.touch(session.sessionId, at),
    health: () => healthOf(latchkey),
    close: () => latchkey.close(),
  };
  return { services, cookieSecrets: secrets.cookieSecrets };
}

/** Whether log and vault can be read; each part by its own name. */
async function healthOf({ deps }: Latchkey): Promise<Health> {
  const log = await wordFor(() => deps.store.head());
  const vault = await wordFor(() => deps.vault.logHeads.get());
  return { ready: log === 'ok' && vault === 'ok', parts: { log, vault } };
}

const wordFor = (ask: () => Promise<unknown>): Promise<string> =>
  ask().then(
    () => 'ok',
    (error: unknown) => codeOf(error) ?? 'fault',
  );
