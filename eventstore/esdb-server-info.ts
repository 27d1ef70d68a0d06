import type { EsdbMember } from './esdb-client.ts';
import { within, type EsdbConnection } from './esdb-connection.ts';
import { readFault } from './esdb-faults.ts';
import { Unavailable } from './event-store.ts';

/** What a server says about itself. */
export interface EsdbServerInfo {
  /** As in 23.10.6. */
  readonly version: string;
  /** The nodes of its cluster; one for a server alone. */
  readonly members: readonly EsdbMember[];
}

/** Asks the server for its version and its cluster. Throws Unavailable when it cannot be reached in time. */
export async function serverInfo(connection: EsdbConnection): Promise<EsdbServerInfo> {
  const late = () => new Unavailable('the log did not answer in time');
  try {
    return await connection.call(async (client) => {
      const version = await within(connection.deadlineMs, client.serverVersion(), late);
      const members = await within(connection.deadlineMs, client.members(), late);
      return { version, members };
    });
  } catch (error) {
    throw readFault(error);
  }
}
