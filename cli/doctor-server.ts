import type { ServerLogParts } from '../commands/opened-log.ts';
import { bad, good, type Examination, type Finding } from './finding.ts';

/** What only a server can be asked, and how far this machine has read it. */
export const examineServerLog = (log: ServerLogParts): readonly Examination[] => [
  async () => {
    const { version, members } = await log.server.serverInfo();
    const nodes = members.map(
      ({ address, role, alive }) => `${address} ${alive ? role : 'not alive'}`,
    );
    const led = members.some(({ role, alive }) => alive && role === 'leader');
    const told = `version ${version}; ${nodes.join(', ')}`;
    return led ? good('server', told) : bad('server', `${told}; no leader`);
  },
  async () => {
    const started = performance.now();
    await log.store.head();
    return good('reached', `in ${Math.ceil(performance.now() - started)} ms`);
  },
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
