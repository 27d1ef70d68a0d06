import { randomUUID } from 'node:crypto';
import type { sendUnaryData } from '@grpc/grpc-js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { PeerSwitches } from './peer-switches.ts';

/** The version of the real server that the peer was compared with. */
const version = '23.10.6';

/** What the peer says about itself: one node, the leader unless told otherwise, with the calls of a real one. */
export class ClusterCalls {
  readonly #switches: PeerSwitches;
  readonly #port: number;
  readonly #instanceId = randomUUID();

  constructor(switches: PeerSwitches, port: number) {
    this.#switches = switches;
    this.#port = port;
  }

  capabilities = (_call: unknown, answer: sendUnaryData<featuresPb.SupportedMethods>): void => {
    this.#switches.calls.capabilities += 1;
    const supported = new featuresPb.SupportedMethods().setEventStoreServerVersion(version);
    // The batch path is on the list, as on the real server's: not taking it is the adapter's part.
    for (const { path } of Object.values(StreamsService)) {
      const [, service = '', name = ''] = path.toLowerCase().split('/');
      const method = new featuresPb.SupportedMethod().setServiceName(service).setMethodName(name);
      supported.addMethods(method);
    }
    answer(null, supported);
  };

  gossip = (_call: unknown, answer: sendUnaryData<gossipPb.ClusterInfo>): void => {
    this.#switches.calls.gossip += 1;
    const place = new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(this.#port);
    const node = new gossipPb.MemberInfo()
      .setIsAlive(true)
      .setInstanceId(new sharedPb.UUID().setString(this.#instanceId))
      .setState(gossipPb.MemberInfo.VNodeState[this.#switches.role])
      .setHttpEndPoint(place)
      .setTimeStamp('0');
    answer(null, new gossipPb.ClusterInfo().setMembersList([node]));
  };
}
