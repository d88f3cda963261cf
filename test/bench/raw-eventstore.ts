import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, {
  type BatchAppendReq,
  type BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { credentials } from '@grpc/grpc-js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { pool, seconds } from './measure.js';

/** About what a hold takes with its meta data. */
const DATA_BYTES = 200;
const META_BYTES = 250;

function appendOf(stream: string, correlationId: string): BatchAppendReq {
  const id = new shared.UUID();
  id.setString(correlationId);
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(name);
  options.setNoStream(new empty.Empty());
  const eventId = new shared.UUID();
  eventId.setString(randomUUID());
  const event = new streams.BatchAppendReq.ProposedMessage();
  event.setId(eventId);
  event.getMetadataMap().set('type', 'bench.Raw.v1').set('content-type', 'application/octet-stream');
  event.setData(new Uint8Array(DATA_BYTES));
  event.setCustomMetadata(new Uint8Array(META_BYTES));
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(id);
  request.setOptions(options);
  request.addProposedMessages(event);
  request.setIsFinal(true);
  return request;
}

/**
 * What a server of the log takes at best: single appends of one event each to new streams, over the
 * protocol's own client and one stream of batches, without anything of ours.
 *
 * @param width appends on their way at once
 * @returns appends per second
 */
export async function rawAppends(address: string, count: number, width: number): Promise<number> {
  const client = new StreamsClient(address, credentials.createInsecure());
  const call = client.batchAppend();
  const waiting = new Map<string, (response: BatchAppendResp) => void>();
  let broken: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (broken = reject));
  call.on('error', broken);
  call.on('data', (response: BatchAppendResp) => {
    const id = response.getCorrelationId()!.getString();
    waiting.get(id)?.(response);
    waiting.delete(id);
  });
  const append = async (i: number): Promise<void> => {
    const id = randomUUID();
    const answered = new Promise<BatchAppendResp>(resolve => waiting.set(id, resolve));
    call.write(appendOf(`raw-${width}-${i}`, id));
    if ((await Promise.race([answered, failed])).hasError()) throw new Error(`append ${i} was refused`);
  };
  const spent = await seconds(() => pool(count, width, append));
  failed.catch(() => undefined);
  call.end();
  client.close();
  return count / spent;
}
