import { readFileSync } from 'node:fs';
import {
  EventStoreDBClient,
  type ChannelCredentialOptions,
  type Credentials,
} from '@eventstore/db-client';
import {
  parseConnectionString,
  type ConnectionOptions,
} from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { refuseUnheard } from './esdb-url-options.ts';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';

/** One node of a cluster, as the node we are connected to sees it. */
export interface EsdbMember {
  readonly address: string;
  /** Of the running server: the same by whatever address it was asked, another after it started again. */
  readonly instanceId: string;
  /** leader, follower, readonlyreplica … */
  readonly role: string;
  readonly alive: boolean;
}

/** The client, and two things that it knows but shows only to those who extend it. */
export class LogClient extends EventStoreDBClient {
  /** As the server names itself: 23.10.6. */
  async serverVersion(): Promise<string> {
    return (await this.capabilities).serverVersion;
  }

  members(): Promise<EsdbMember[]> {
    return this.execute(
      GossipClient,
      'members',
      (client) =>
        new Promise((resolve, reject) => {
          client.read(new shared.Empty(), (error, info) =>
            error ? reject(error) : resolve(info.getMembersList().map(member)),
          );
        }),
    );
  }
}

const roles = Object.entries(gossip.MemberInfo.VNodeState);

function member(info: gossip.MemberInfo): EsdbMember {
  const role = roles.find(([, state]) => state === info.getState())?.[0] ?? 'unknown';
  const place = info.getHttpEndPoint();
  const address = place ? `${place.getAddress()}:${place.getPort()}` : 'unknown';
  const instanceId = uuidText(info.getInstanceId());
  return { address, instanceId, role: role.toLowerCase(), alive: info.getIsAlive() };
}

/** As text or as two numbers: the server may say it either way. */
const uuidText = (id: shared.UUID | undefined): string => {
  const numbers = id?.getStructured();
  if (!numbers) return id?.getString() ?? '';
  return `${numbers.getMostSignificantBits()} ${numbers.getLeastSignificantBits()}`;
};

/** A client and the credentials that every call of ours carries. */
export interface OpenedClient {
  readonly client: LogClient;
  readonly credentials: Credentials;
}

/**
 * A client for a connection string (`esdb://user:password@host:2113?tls=true`; several hosts and
 * `esdb+discover://` for a cluster; `kurrentdb://` is read as `esdb://`). It connects with its first call.
 * Throws a plain error, without the connection string in it, for one that cannot be used.
 */
export function openClient(url: string): OpenedClient {
  const options = parsed(url.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:'));
  const credentials = options.defaultCredentials ?? harmless(options);
  const settings = {
    connectionName: options.connectionName ?? 'latchkey',
    keepAliveInterval: options.keepAliveInterval ?? 10_000,
    // A hung server or a half-open connection is given up after 12 s, not after the client's own 20.
    keepAliveTimeout: options.keepAliveTimeout ?? 2_000,
  };
  const cluster = {
    ...settings,
    ...(options.nodePreference && { nodePreference: options.nodePreference }),
    discoveryInterval: options.discoveryInterval ?? 100,
    maxDiscoverAttempts: options.maxDiscoverAttempts ?? 10,
    gossipTimeout: options.gossipTimeout ?? 1,
  };
  const security = certificates(options);
  const [endpoint] = options.hosts;
  if (!endpoint) throw new Error('EVENTSTORE_URL names no host');
  if (options.dnsDiscover) {
    return { client: new LogClient({ ...cluster, discover: endpoint }, security), credentials };
  }
  if (options.hosts.length > 1) {
    const endpoints = options.hosts;
    return { client: new LogClient({ ...cluster, endpoints }, security), credentials };
  }
  return { client: new LogClient({ ...settings, endpoint }, security), credentials };
}

/** The parser repeats the whole string, password and all, in its errors and warnings: they stay here. */
function parsed(url: string): ConnectionOptions {
  refuseUnheard(url);
  try {
    return parseConnectionString(url);
  } catch {
    throw new Error('EVENTSTORE_URL cannot be read; see docs/eventstoredb.md for its form');
  }
}

/**
 * Credentials of a call's own are what keeps the client off its batch path. An insecure server is never sent
 * them; a secure one would take made-up ones for a wrong password.
 */
function harmless({ tls }: ConnectionOptions): Credentials {
  if (tls === false) return { username: 'latchkey', password: 'none' };
  throw new Error('EVENTSTORE_URL needs user:password@ for a server with TLS');
}

function certificates(options: ConnectionOptions): ChannelCredentialOptions {
  if (options.tls === false) return { insecure: true };
  const file = (path: string | undefined, name: string) => {
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new Error(`EVENTSTORE_URL: ${name} cannot be read`, { cause });
    }
  };
  const rootCertificate = file(options.tlsCAFile, 'tlsCAFile');
  const userCertFile = file(options.userCertFile, 'userCertFile');
  const userKeyFile = file(options.userKeyFile, 'userKeyFile');
  return {
    insecure: false,
    ...(rootCertificate && { rootCertificate }),
    ...(userCertFile && { userCertFile }),
    ...(userKeyFile && { userKeyFile }),
  };
}
