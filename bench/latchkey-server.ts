import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { builtPages } from '../app/server/built-pages.ts';
import { createServer } from '../app/server/create-server.ts';
import { createLineOutput } from '../app/server/line-output.ts';
import { createLogger } from '../app/server/logger.ts';
import { openServices } from '../app/server/open-services.ts';
import type { Services } from '../app/server/services.ts';
import { guard } from '../commands/guard.ts';
import { linkProvider } from '../commands/link-provider.ts';
import { readEnvironment } from '../config/environment.ts';
import { asking } from './asking.ts';
import { noHashing } from './no-hashing.ts';
import { tellPulse } from './pulse.ts';
import { prepareVerbs, type Member } from './verbs.ts';

// The built app as `npm start` serves it, request log, limits off, and two things more: passwords are not hashed unless
// asked for, and so many people are registered before it serves. The product has no switch for either.
const [hashing = 'none', peopleText = '0'] = process.argv.slice(2);

const config = readEnvironment(process.env);
const output = createLineOutput(openSync('/dev/null', 'w'));
const logger = createLogger(config.logLevel, output);
const failed = (error: unknown) => {
  throw error;
};
const opened = await openServices(config, logger, failed);
const { deps } = opened.services;
const unhashed = { ...deps, passwords: noHashing(deps.vault.installationKeys) };
const { members } = await prepareVerbs({ deps: unhashed }, Number(peopleText));
await linkEverybody(members);
const services: Services =
  hashing === 'none' ? { ...opened.services, deps: unhashed } : opened.services;

const parts = { config, cookieSecrets: opened.cookieSecrets, services, logger };
const server = await createServer(parts, () => builtPages(join(import.meta.dirname, '../build')));
server.listen(config.port, config.host);
await once(server, 'listening');
tellPulse(config.origin);

/** Each member gets the identity at Google's place that has the member's number. */
async function linkEverybody(everybody: readonly Member[]): Promise<void> {
  const google = deps.providers.get('google');
  if (!google) return;
  const { name: provider, issuer } = google;
  for (const [index, { token }] of everybody.entries()) {
    const person = await guard(deps, token);
    if (!person) throw new Error('a session is not alive');
    const wish = { provider, profile: { issuer, subject: `known${index}`, handle: 'bench' } };
    const answer = await linkProvider(deps, { ...asking, ...person }, wish);
    if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  }
}
