import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendReq, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type ServiceError, status as Status } from '@grpc/grpc-js';
import anyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected, LoggedEvent, Proposed, WriteResult } from './memory-log.js';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

export const streamOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  textOf(identifier?.getStreamName_asU8() ?? new Uint8Array());

export function readResponse(event: LoggedEvent): ReadResp {
  const record = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(event.stream, 'utf8'));
  record.setId(id);
  record.setStreamIdentifier(identifier);
  record.setStreamRevision(String(event.revision));
  record.setCommitPosition(String(event.commit));
  record.setPreparePosition(String(event.prepare));
  record.getMetadataMap().set('type', event.type);
  record.getMetadataMap().set('content-type', event.contentType);
  record.getMetadataMap().set('created', String(event.createdTicks));
  record.setCustomMetadata(event.metadata);
  record.setData(event.data);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(record);
  read.setCommitPosition(String(event.commit));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

export function confirmation(subscriptionId: string): ReadResp {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(subscriptionId);
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
}

export function caughtUp(): ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function checkpoint(event: LoggedEvent): ReadResp {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(event.commit));
  reached.setPreparePosition(String(event.prepare));
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
}

export function streamNotFound(stream: string): ReadResp {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier);
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
}

/** The prefixes of a filter by stream name, undefined for no filter. */
export function prefixesOf(options: ReadReq.Options): string[] | undefined {
  if (!options.hasFilter()) return undefined;
  const expression = options.getFilter()!.getStreamIdentifier();
  if (!expression) throw new Error('only filters by stream name prefixes are served');
  return expression.getPrefixList();
}

export function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

export const proposedOf = (message: BatchAppendReq.ProposedMessage): Proposed => ({
  id: message.getId()!.getString(),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

/** `not-handled`: by a node that is not ready, too busy, or no leader and knows none. */
type Answered =
  | WriteResult
  | { readonly kind: 'timeout' | 'access-denied' }
  | { readonly kind: 'not-handled'; readonly message: string };

/** The answer to a batch, as the server packs it: success, or a status whose details name the reason. */
export function batchResponse(
  correlationId: string,
  options: BatchAppendReq.Options,
  result: Answered,
): InstanceType<typeof streams.BatchAppendResp> {
  const id = new shared.UUID();
  id.setString(correlationId);
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(id);
  response.setStreamIdentifier(options.getStreamIdentifier());
  if (result.kind === 'success') response.setSuccess(success(result));
  else response.setError(refusal(result, options));
  return response;
}

function success(result: WriteResult & { kind: 'success' }) {
  const place = new shared.AllStreamPosition();
  place.setCommitPosition(String(result.commit));
  place.setPreparePosition(String(result.prepare));
  const done = new streams.BatchAppendResp.Success();
  done.setCurrentRevision(String(result.revision));
  done.setPosition(place);
  return done;
}

type Refusal = Exclude<Answered, { kind: 'success' }>;

function refusal(result: Refusal, options: BatchAppendReq.Options) {
  const error = new status.Status();
  const details = new anyMessage.Any();
  error.setDetails(details);
  error.setMessage(result.kind);
  switch (result.kind) {
    case 'wrong-expected-version': {
      const wrong = new shared.WrongExpectedVersion();
      if (result.current >= 0) wrong.setCurrentStreamRevision(String(result.current));
      else wrong.setCurrentNoStream(new empty.Empty());
      if (options.hasStreamPosition()) wrong.setExpectedStreamPosition(options.getStreamPosition());
      else wrong.setExpectedNoStream(new empty.Empty());
      details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
      break;
    }
    case 'too-large': {
      const large = new shared.MaximumAppendSizeExceeded();
      large.setMaxappendsize(result.max);
      details.pack(large.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
      break;
    }
    case 'event-too-large':
      // The client's messages do not know this one: nobody can take it apart.
      details.pack(new Uint8Array(), 'event_store.client.MaximumAppendEventSizeExceeded');
      break;
    case 'stream-deleted': {
      const deleted = new shared.StreamDeleted();
      deleted.setStreamIdentifier(options.getStreamIdentifier());
      details.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted');
      break;
    }
    case 'not-handled':
      error.setMessage(result.message);
      details.pack(new empty.Empty().serializeBinary(), 'google.protobuf.Empty');
      break;
    case 'timeout':
      details.pack(new shared.Timeout().serializeBinary(), 'event_store.client.Timeout');
      break;
    case 'access-denied':
      details.pack(new shared.AccessDenied().serializeBinary(), 'event_store.client.AccessDenied');
      break;
  }
  return error;
}

/** A failed call with the trailers that clients look at. */
export function failure(code: Status, details: string, trailers: Readonly<Record<string, string>> = {}) {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata }) as ServiceError;
}

/** As a node answers that is not the leader of its cluster. */
export const notLeader = (host: string, port: number): ServiceError =>
  failure(Status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export function clusterInfo(
  members: readonly { readonly port: number; readonly leader: boolean; readonly alive: boolean }[],
) {
  const info = new gossip.ClusterInfo();
  for (const { port, leader, alive } of members) {
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    const id = new shared.UUID();
    id.setString(`00000000-0000-4000-9000-${String(port).padStart(12, '0')}`);
    const endpoint = new gossip.EndPoint();
    endpoint.setAddress('127.0.0.1');
    endpoint.setPort(port);
    const member = new gossip.MemberInfo();
    member.setInstanceId(id);
    member.setTimeStamp('0');
    member.setState(leader ? LEADER : FOLLOWER);
    member.setIsAlive(alive);
    member.setHttpEndPoint(endpoint);
    info.addMembers(member);
  }
  return info;
}
