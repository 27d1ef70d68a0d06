import { once } from 'node:events';
import type { Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import { readEnvironment, type Environment } from '../../config/environment.ts';
import { createServer } from './create-server.ts';
import { gracefulStop } from './graceful-stop.ts';
import { createLineOutput, type LineOutput } from './line-output.ts';
import { createLogger, type Logger } from './logger.ts';
import { openServices } from './open-services.ts';
import type { Pages } from './pages.ts';
import { startProblem } from './start-problem.ts';

const STANDARD_OUTPUT = 1;

/**
 * Starts Latchkey with its pages and serves until a signal ends it. A start that fails says why in one line and
 * exits with 1; a stop that was asked for exits with 0.
 */
export async function run(pagesOf: (server: Server) => Promise<Pages>): Promise<void> {
  try {
    await serve(pagesOf, readEnvironment(process.env));
  } catch (error) {
    process.stderr.write(`${startProblem(error)}\n`);
    process.exit(1);
  }
}

async function serve(
  pagesOf: (server: Server) => Promise<Pages>,
  config: Environment,
): Promise<void> {
  const output = createLineOutput(STANDARD_OUTPUT);
  process.once('exit', () => output.writeRest());
  const logger = createLogger(config.logLevel, output);
  const { services, cookieSecrets } = await openServices(config, logger, refuse);
  const server = await createServer({ config, cookieSecrets, services, logger }, pagesOf);
  const stop = gracefulStop(server);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  announce(config, logger, output);
  // A process that is killed never gets to write down what it compiled.
  flushCompileCache();
  const end = () => {
    services.feeds.end();
    stop()
      .then(() => services.close())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        logger.fatal({ err: error }, 'stop failed');
        process.exit(1);
      });
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}

/** The log was reached only now, and must not be served: the same word as at a start that cannot be. */
function refuse(error: unknown): void {
  process.stderr.write(`${startProblem(error)}\n`);
  process.exit(1);
}

/** A person who starts it by hand wants an address, not a log line. */
function announce({ origin, development }: Environment, logger: Logger, output: LineOutput): void {
  logger.info({ origin }, 'listening');
  if (development) output.write(`Latchkey is at ${origin}\n`);
}
