import { join } from 'node:path';
import { builtPages } from '../app/server/built-pages.ts';
import { createLineOutput } from '../app/server/line-output.ts';
import { createLogger } from '../app/server/logger.ts';
import { createServer } from '../app/server/create-server.ts';
import { openServices } from '../app/server/open-services.ts';
import { readEnvironment } from '../config/environment.ts';
import { noHashing } from './no-hashing.ts';

// The built app as `npm start` serves it, but that passwords are not hashed: the product has no switch for that.
const config = readEnvironment(process.env);
const logger = createLogger(config.logLevel, createLineOutput(process.stdout.fd));
const { services, cookieSecrets } = await openServices(config, logger, (error) => {
  throw error;
});
const passwords = noHashing(services.deps.vault.installationKeys);
const parts = {
  config,
  cookieSecrets,
  services: { ...services, deps: { ...services.deps, passwords } },
  logger,
};
const server = await createServer(parts, () => builtPages(join(import.meta.dirname, '../build')));
server.listen(config.port, config.host);
