import type { ServerLogParts } from '../commands/opened-log.ts';
import type { Environment } from '../config/environment.ts';
import { openEsdbEventStore, type EsdbEventStore } from '../eventstore/esdb-event-store.ts';
import { bad, good, type Examination, type Finding } from './finding.ts';

/** What the server says of itself, also where nothing of ours can be opened on it. Nothing for an embedded log. */
export async function examineServer(environment: Environment): Promise<readonly Finding[]> {
  const { eventstoreUrl: url, eventstorePrefix: prefix } = environment;
  if (url === undefined) return [];
  try {
    const server = await openEsdbEventStore({ url, prefix });
    const findings = [
      await nodesOf(server).catch(asBad('server')),
      await reached(server).catch(asBad('reached')),
    ];
    await server.close();
    return findings;
  } catch (error) {
    return [asBad('server')(error)];
  }
}

async function nodesOf(server: EsdbEventStore): Promise<Finding> {
  const { version, members } = await server.serverInfo();
  const nodes = members.map(
    ({ address, role, alive }) => `${address} ${alive ? role : 'not alive'}`,
  );
  const led = members.some(({ role, alive }) => alive && role === 'leader');
  const told = `version ${version}; ${nodes.join(', ')}`;
  return led ? good('server', told) : bad('server', `${told}; no leader`);
}

/** Reads what the app must be able to read. */
async function reached(server: EsdbEventStore): Promise<Finding> {
  const started = performance.now();
  await server.head();
  return good('reached', `in ${Math.ceil(performance.now() - started)} ms`);
}

const asBad =
  (about: string) =>
  (error: unknown): Finding =>
    bad(about, error instanceof Error ? error.message : String(error));

/** How far this machine has read it. */
export const examineServerLog = (log: ServerLogParts): readonly Examination[] => [
  async () => lag(log, await log.store.head()),
];

/** Behind is no fault while somebody reads on. */
function lag(log: ServerLogParts, newest: bigint): Finding {
  const { position, behindMs, driven } = log.condition(new Date());
  const by = driven ? 'a running process' : 'no running process';
  const told = `brought up to date by ${by}`;
  if (position >= newest) return good('lag', `none; ${told}`);
  const since = behindMs === null ? 'never whole yet' : `for ${Math.ceil(behindMs / 1_000)} s`;
  return good('lag', `${newest - position} bytes of the log, ${since}; ${told}`);
}
