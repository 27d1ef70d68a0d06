import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import {
  type IStreamsServer,
  StreamsService,
} from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { AppendCalls } from './peer-append.ts';
import { ClusterCalls } from './peer-cluster.ts';
import { PeerLog } from './peer-log.ts';
import { serverError } from './peer-messages.ts';
import { ReadCalls } from './peer-read.ts';
import { PeerSwitches } from './peer-switches.ts';

/**
 * Speaks EventStoreDB's protocol for what the adapter uses, by the rules of the real server, with its streams
 * in a directory. docs/eventstoredb.md says when it was compared with which.
 */
export class EsdbPeer {
  readonly switches: PeerSwitches;
  readonly port: number;
  readonly #server: Server;
  readonly #log: PeerLog;

  private constructor(parts: {
    server: Server;
    log: PeerLog;
    switches: PeerSwitches;
    port: number;
  }) {
    this.switches = parts.switches;
    this.port = parts.port;
    this.#server = parts.server;
    this.#log = parts.log;
  }

  /** Serves the log in a directory on a loopback port; 0: any free one. */
  static async start(directory: string, wantedPort = 0): Promise<EsdbPeer> {
    const log = new PeerLog(directory);
    const switches = new PeerSwitches();
    // What the real server takes: 4 MB and no more.
    const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
    const port = await bound(server, wantedPort);
    const appends = new AppendCalls(log, switches);
    const cluster = new ClusterCalls(switches, port);
    const streams: IStreamsServer = {
      read: new ReadCalls(log, switches).handle,
      append: appends.handle,
      tombstone: appends.tombstone,
      delete: (_call, answer) => answer(unsupported()),
      batchAppend: (call) => {
        switches.calls.batchAppend += 1;
        call.emit('error', unsupported());
      },
    };
    server.addService(StreamsService, streams);
    server.addService(ServerFeaturesService, { getSupportedMethods: cluster.capabilities });
    server.addService(GossipService, { read: cluster.gossip });
    return new EsdbPeer({ server, log, switches, port });
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Ends every call at once; the log stays in its directory. */
  stop(): void {
    this.#server.forceShutdown();
    this.#log.close();
  }
}

const unsupported = () => serverError(status.UNIMPLEMENTED, 'the peer has no such call');

async function bound(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, given) =>
      error ? reject(error) : resolve(given),
    );
  });
}
