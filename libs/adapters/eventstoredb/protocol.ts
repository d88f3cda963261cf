import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, {
  type BatchAppendReq,
  type ReadReq,
  type ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { type LogPlace, NO_STREAM } from '#ports';

/** An event as the cluster gives it. */
export interface RawEvent {
  readonly place: LogPlace;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly meta: Uint8Array;
  readonly data: Uint8Array;
}

/** An event as the cluster is given it. */
export interface ProposedEvent {
  /** UUID. */
  readonly id: string;
  readonly type: string;
  readonly meta: Uint8Array;
  readonly data: Uint8Array;
}

/** JSON would be parsed and written anew by clients; the bytes must come back as they were hashed. */
const CONTENT_TYPE = 'application/octet-stream';
/** Bytes of proposed events in one message; gRPC servers take 4 MB. */
const MESSAGE_BYTES = 1_048_576;
const FORWARDS = 0;
const BACKWARDS = 1;

const streamIdentifier = (stream: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
};

function readOptions(count: number): ReadReq.Options {
  const ids = new streams.ReadReq.Options.UUIDOption();
  ids.setString(new shared.Empty());
  const options = new streams.ReadReq.Options();
  options.setUuidOption(ids);
  options.setNoFilter(new shared.Empty());
  options.setReadDirection(FORWARDS);
  options.setCount(String(count));
  return options;
}

const asRequest = (options: ReadReq.Options): ReadReq => {
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
};

const position = ({ commit, prepare }: LogPlace) => {
  const place = new streams.ReadReq.Options.Position();
  place.setCommitPosition(String(commit));
  place.setPreparePosition(String(prepare));
  return place;
};

/** Reads the whole log forwards from a place, inclusive; from its start without one. */
export function readAllRequest(from: LogPlace | undefined, count: number): ReadReq {
  const all = new streams.ReadReq.Options.AllOptions();
  if (from) all.setPosition(position(from));
  else all.setStart(new shared.Empty());
  const options = readOptions(count);
  options.setAll(all);
  return asRequest(options);
}

/** Reads the last event of the whole log. */
export function readLastRequest(): ReadReq {
  const all = new streams.ReadReq.Options.AllOptions();
  all.setEnd(new shared.Empty());
  const options = readOptions(1);
  options.setAll(all);
  options.setReadDirection(BACKWARDS);
  return asRequest(options);
}

/** Reads a stream forwards from a revision, or, without one, its last event. */
export function readStreamRequest(stream: string, from: number | undefined, count: number): ReadReq {
  const one = new streams.ReadReq.Options.StreamOptions();
  one.setStreamIdentifier(streamIdentifier(stream));
  const options = readOptions(count);
  if (from === undefined) {
    one.setEnd(new shared.Empty());
    options.setReadDirection(BACKWARDS);
  } else one.setRevision(String(from));
  options.setStream(one);
  return asRequest(options);
}

/** Subscribes to what is written from now on to streams whose names begin with the prefix. */
export function subscribeRequest(prefix: string): ReadReq {
  const all = new streams.ReadReq.Options.AllOptions();
  all.setEnd(new shared.Empty());
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setPrefixList([prefix]);
  const filter = new streams.ReadReq.Options.FilterOptions();
  filter.setStreamIdentifier(expression);
  filter.setCount(new shared.Empty());
  filter.setCheckpointintervalmultiplier(1);
  const options = readOptions(1);
  options.clearCount();
  options.setAll(all);
  options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  options.clearNoFilter();
  options.setFilter(filter);
  return asRequest(options);
}

/** The event of a response, undefined for responses that carry none. Links are not followed. */
export function eventOf(response: ReadResp): RawEvent | undefined {
  const record = response.hasEvent() ? response.getEvent()!.getEvent() : undefined;
  if (!record) return undefined;
  return {
    place: { commit: BigInt(record.getCommitPosition()), prepare: BigInt(record.getPreparePosition()) },
    stream: Buffer.from(record.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8'),
    revision: Number(record.getStreamRevision()),
    id: record.getId()!.getString(),
    type: record.getMetadataMap().get('type') ?? '',
    meta: record.getCustomMetadata_asU8(),
    data: record.getData_asU8(),
  };
}

export interface Batch {
  /** UUID that the answer carries. */
  readonly correlationId: string;
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly ProposedEvent[];
}

/** The messages of one all-or-nothing append; only together, in order, do they have an effect. */
export function* batchMessages(batch: Batch): Generator<BatchAppendReq> {
  let message = batchMessage(batch);
  message.setOptions(batchOptions(batch));
  let bytes = 0;
  for (const event of batch.events) {
    const size = event.data.length + event.meta.length;
    if (bytes > 0 && bytes + size > MESSAGE_BYTES) {
      yield message;
      message = batchMessage(batch);
      bytes = 0;
    }
    bytes += size;
    message.addProposedMessages(proposedMessage(event));
  }
  message.setIsFinal(true);
  yield message;
}

const uuid = (text: string) => {
  const id = new shared.UUID();
  id.setString(text);
  return id;
};

function batchMessage({ correlationId }: Batch): BatchAppendReq {
  const message = new streams.BatchAppendReq();
  message.setCorrelationId(uuid(correlationId));
  return message;
}

/**
 * Without the deadline that the protocol knows: it is a time of day, which a server with another clock would
 * take for over, and it concerns only batches whose last message does not come.
 */
function batchOptions({ stream, expectedRevision }: Batch): BatchAppendReq.Options {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(streamIdentifier(stream));
  if (expectedRevision === NO_STREAM) options.setNoStream(new empty.Empty());
  else options.setStreamPosition(String(expectedRevision));
  return options;
}

function proposedMessage(event: ProposedEvent): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuid(event.id));
  message.getMetadataMap().set('type', event.type);
  message.getMetadataMap().set('content-type', CONTENT_TYPE);
  message.setData(event.data);
  message.setCustomMetadata(event.meta);
  return message;
}
