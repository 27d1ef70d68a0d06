import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Proposed } from './peer-file.ts';
import type { PeerAppend, PeerEvent } from './peer-log.ts';

const empty = () => new sharedPb.Empty();

/** The name in a stream identifier, which is bytes. */
export const streamName = (identifier: sharedPb.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export function readEvent(event: PeerEvent): streamsPb.ReadResp {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new sharedPb.UUID().setString(event.id));
  recorded.setStreamIdentifier(
    new sharedPb.StreamIdentifier().setStreamName(Buffer.from(event.stream)),
  );
  recorded.setStreamRevision(String(BigInt(event.revision)));
  recorded.setCommitPosition(String(event.position)).setPreparePosition(String(event.position));
  recorded.setData(event.data).setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', String(BigInt(Date.parse(event.at)) * 10_000n));
  const read = new streamsPb.ReadResp.ReadEvent();
  read.setEvent(recorded).setCommitPosition(String(event.position));
  return new streamsPb.ReadResp().setEvent(read);
}

export const confirmation = (id: string) =>
  new streamsPb.ReadResp().setConfirmation(
    new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );

export const caughtUp = () =>
  new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp());

export const checkpoint = (position: number) =>
  new streamsPb.ReadResp().setCheckpoint(
    new streamsPb.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );

export const streamNotFound = (name: string) =>
  new streamsPb.ReadResp().setStreamNotFound(
    new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(
      new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name)),
    ),
  );

export function expectedOf(options: streamsPb.AppendReq.Options): PeerAppend['expected'] {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'none';
  return options.hasAny() ? 'any' : 'exists';
}

export function proposedOf(message: streamsPb.AppendReq.ProposedMessage): Proposed {
  const words = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: words.get('type') ?? '',
    contentType: words.get('content-type') ?? '',
    data: message.getData_asB64(),
    metadata: message.getCustomMetadata_asB64(),
  };
}

export function success(revision: number, position: number): streamsPb.AppendResp {
  const place = new streamsPb.AppendResp.Position();
  place.setCommitPosition(String(position)).setPreparePosition(String(position));
  const written = new streamsPb.AppendResp.Success();
  written.setCurrentRevision(String(revision)).setPosition(place);
  return new streamsPb.AppendResp().setSuccess(written);
}

export function wrongVersion({ expected }: PeerAppend, actual: number): streamsPb.AppendResp {
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (expected === 'none') wrong.setExpectedNoStream(empty());
  if (expected === 'any') wrong.setExpectedAny(empty());
  if (expected === 'exists') wrong.setExpectedStreamExists(empty());
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  if (actual < 0) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(String(actual));
  return new streamsPb.AppendResp().setWrongExpectedVersion(wrong);
}

/** An error as the server sends it; `words` go into its trailers. */
export function serverError(
  code: status,
  details: string,
  words: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [name, word] of Object.entries(words)) metadata.set(name, word);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const thrownByHandler = () =>
  serverError(status.UNKNOWN, 'Exception was thrown by handler.');

export const timedOut = (what: string) =>
  serverError(status.ABORTED, `Operation timed out: ${what}`);

export const streamDeleted = (name: string) =>
  serverError(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': name,
  });
