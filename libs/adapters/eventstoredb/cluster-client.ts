import { readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';
import { InvalidInput } from '#kernel';
import type { ConnectionSettings } from './connection-string.js';
import { eventOf, type RawEvent, subscribeRequest } from './protocol.js';

export type BatchStream = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/** A read stops after so many bytes of events, whatever its count: pages stay small in memory. */
const PAGE_BYTES = 8 * 1_048_576;

export interface Page {
  readonly events: readonly RawEvent[];
  /** True when the page was ended by its size, so that more may follow although the count was not reached. */
  readonly cut: boolean;
}

/**
 * The client library's connection (discovery, the leader, TLS, login, keep-alive, reconnecting) with our own
 * calls on it. The library's own calls are not used: its reads have no deadline and parse what must stay
 * bytes, and its batch appends of all clients share one table, so that the end of one connection makes the
 * answer on another an uncaught exception (docs/adr/0007-eventstoredb.md).
 */
export class ClusterClient extends EventStoreDBClient {
  private readonly calls = new Set<{ cancel(): void }>();
  private closeChannel: () => void = () => undefined;

  /** @param deadlineMs of every read */
  constructor(
    settings: ConnectionSettings,
    private readonly deadlineMs: number,
  ) {
    const { hosts, numbers, connectionName } = settings;
    const common = { ...numbers, ...(connectionName === undefined ? {} : { connectionName }) };
    const cluster = { ...common, nodePreference: 'leader' as const };
    const [first] = hosts;
    const where = settings.discover
      ? { ...cluster, discover: { ...first! } }
      : hosts.length > 1
        ? { ...cluster, endpoints: hosts.map(host => ({ ...host })) }
        : { ...common, endpoint: { ...first! } };
    super(where as ConstructorParameters<typeof EventStoreDBClient>[0], security(settings), settings.login);
    // The library does not wait for this; when no leader is found its rejection would end the process.
    const reconnect = this.handleError;
    this.handleError = (client, error) => reconnect(client, error).catch(() => undefined);
  }

  /** Reads to the end of the request's count, of the log, or of what a page holds. */
  async read(request: ReadReq): Promise<Page> {
    const call = await this.openRead(request, 'read', this.deadlineMs);
    const events: RawEvent[] = [];
    let bytes = 0;
    let ended = false;
    try {
      for await (const response of call as AsyncIterable<ReadResp>) {
        const event = eventOf(response);
        if (!event) continue;
        events.push(event);
        bytes += event.data.length + event.meta.length;
        if (bytes >= PAGE_BYTES) return { events, cut: true };
      }
      ended = true;
      return { events, cut: false };
    } finally {
      // A call that is not read to its end stays open at the server unless it is cancelled.
      if (!ended) call.cancel();
      this.calls.delete(call);
    }
  }

  /**
   * Calls `ring` when something was written to streams with the prefix, and once when the subscription
   * stands. Resolves or rejects when the subscription has ended.
   */
  async listen(prefix: string, ring: () => void, signal: AbortSignal): Promise<void> {
    const call = await this.openListening(prefix);
    const cancel = (): void => call.cancel();
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      for await (const _ of call as AsyncIterable<Buffer>) ring();
    } finally {
      signal.removeEventListener('abort', cancel);
      call.cancel();
      this.calls.delete(call);
    }
  }

  /** What a subscription brings is not looked at, so it is not taken apart: only that it came counts. */
  private async openListening(prefix: string): Promise<ClientReadableStream<Buffer>> {
    const { path, requestSerialize } = StreamsService.read;
    const asItCame = (bytes: Buffer): Buffer => bytes;
    const open = this.GRPCStreamCreator(StreamsClient, 'listen', client => {
      const request = subscribeRequest(prefix);
      const [metadata, options] = this.callOptions(Number.POSITIVE_INFINITY);
      const made = client.makeServerStreamRequest(
        path,
        requestSerialize,
        asItCame,
        request,
        metadata,
        options,
      );
      return this.remember(client, made);
    });
    return this.withinDeadline(open());
  }

  /** A stream of batch appends; the library reconnects, to the leader if it must, when it breaks. */
  async openBatches(): Promise<BatchStream> {
    const open = this.GRPCStreamCreator(StreamsClient, 'batchAppend', client =>
      this.remember(client, client.batchAppend(...this.callOptions(Number.POSITIVE_INFINITY))),
    );
    return this.withinDeadline(open());
  }

  private async openRead(
    request: ReadReq,
    name: string,
    deadlineMs: number,
  ): Promise<ClientReadableStream<ReadResp>> {
    const open = this.GRPCStreamCreator(StreamsClient, name, client =>
      this.remember(client, client.read(request, ...this.callOptions(deadlineMs))),
    );
    return this.withinDeadline(open());
  }

  /** Looking for the leader among silent nodes takes the library minutes; a call gives up before. */
  private async withinDeadline<Call extends { cancel(): void }>(opening: Promise<Call>): Promise<Call> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        opening.then(
          call => call.cancel(),
          () => undefined,
        );
        reject(new Error(`no node was found within ${this.deadlineMs} ms`));
      }, this.deadlineMs);
    });
    try {
      return await Promise.race([opening, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  private callOptions(deadlineMs: number) {
    const deadline = deadlineMs === Number.POSITIVE_INFINITY ? deadlineMs : new Date(Date.now() + deadlineMs);
    return this.callArguments({ requiresLeader: true }, { deadline });
  }

  private remember<
    Call extends { cancel(): void; on(event: 'error' | 'close', listener: () => void): unknown },
  >(client: StreamsClient, call: Call): Call {
    this.closeChannel = () => client.close();
    this.calls.add(call);
    call.on('close', () => this.calls.delete(call));
    // Whoever reads the call hears of its error; one that comes after must not end the process.
    call.on('error', () => undefined);
    return call;
  }

  /** Ends every call and the connection. */
  async close(): Promise<void> {
    for (const call of this.calls) call.cancel();
    await this.dispose();
    this.closeChannel();
  }
}

function security({ tls, tlsCAFile }: ConnectionSettings): { insecure: boolean; rootCertificate?: Buffer } {
  if (!tls) return { insecure: true };
  if (tlsCAFile === undefined) return { insecure: false };
  try {
    return { insecure: false, rootCertificate: readFileSync(tlsCAFile) };
  } catch {
    throw new InvalidInput('event store URL', 'names a tlsCAFile that cannot be read');
  }
}
