import { once } from 'node:events';
import { createServer } from 'node:net';

const FIRST = 3000;
const LAST = 3020;

/** The first port from 3000 on that nobody on this machine listens to; undefined when twenty are taken. */
export async function choosePort(first = FIRST, last = LAST): Promise<number | undefined> {
  for (let port = first; port <= last; port += 1) if (await isFree(port)) return port;
  return undefined;
}

/** Browsers try `localhost` in both families: a port counts as free when it is in each that exists here. */
async function isFree(port: number): Promise<boolean> {
  const codes = [await listenOnce(port, '127.0.0.1'), await listenOnce(port, '::1')];
  return !codes.includes('EADDRINUSE') && codes.includes(undefined);
}

/** Listens for a moment; answers the code of what kept it from that. */
async function listenOnce(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
