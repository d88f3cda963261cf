import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
  type ServiceError,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { ANSWERS_LATE_MS, type Faults } from './faults.js';
import type { MemoryLog, Proposed } from './memory-log.js';
import {
  batchResponse,
  clusterInfo,
  expectedOf,
  failure,
  notLeader,
  proposedOf,
  streamOf,
} from './messages.js';
import { type ReadCall, serveRead } from './serve-read.js';

/** Bytes of one message: what a record of the log may have. */
const MESSAGE_MOST = 16 * 1024 * 1024 - 10_000;

/** As a node says that is not the leader and knows none. */
const NO_LEADER = 'No leader info available in response';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** What a node must know of its cluster. */
export interface Cluster {
  readonly log: MemoryLog;
  readonly faults: Faults;
  readonly members: () => readonly { port: number; leader: boolean; alive: boolean }[];
}

interface Security {
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  /** `user:password`; calls without exactly this are refused. */
  readonly login?: string;
  /** Whether that user may read `$all`; default true. */
  readonly readsAll?: boolean;
}

/** One node: a gRPC server on 127.0.0.1 that speaks streams and gossip. */
export class FakeNode {
  private server: Server | undefined;
  private readonly reads = new Set<ReadCall>();
  port = 0;
  leader = true;

  constructor(
    private readonly cluster: Cluster,
    private readonly security: Security = {},
  ) {}

  get alive(): boolean {
    return this.server !== undefined;
  }

  /** Starts, or starts again on the same port. */
  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_MOST });
    server.addService(StreamsService, {
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => this.read(call),
      batchAppend: (call: BatchCall) => this.batchAppend(call),
      append: refuse,
      delete: refuse,
      tombstone: refuse,
    });
    server.addService(GossipService, {
      read: (_call: unknown, answer: sendUnaryData<unknown>) =>
        answer(null, clusterInfo(this.cluster.members())),
    });
    const { tls } = this.security;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    this.server = server;
  }

  /** Breaks every connection at once, as a killed process does. */
  kill(): void {
    this.server?.forceShutdown();
    this.server = undefined;
    this.reads.clear();
  }

  /** Ends the running subscriptions with an error; connections stay. */
  dropSubscriptions(): number {
    let dropped = 0;
    for (const call of this.reads) {
      if (!call.request.getOptions()?.hasSubscription()) continue;
      call.emit('error', failure(status.ABORTED, 'Consumer too slow'));
      dropped++;
    }
    return dropped;
  }

  private read(call: ReadCall): void {
    const { metadata } = call;
    const elsewhere = this.leaderElsewhere(metadata);
    const problem =
      this.loginRefusal(metadata) ??
      this.allRefusal(call) ??
      (elsewhere === 'unknown' ? failure(status.UNKNOWN, NO_LEADER) : elsewhere) ??
      this.cluster.faults.onRead();
    if (problem) return void call.emit('error', problem);
    this.reads.add(call);
    serveRead(call, this.cluster.log, this.cluster.faults, () => this.reads.delete(call));
  }

  private batchAppend(call: BatchCall): void {
    const problem = this.loginRefusal(call.metadata);
    if (problem) return void call.emit('error', problem);
    const open = new Map<string, { options: BatchAppendReq.Options; proposed: Proposed[] }>();
    call.on('data', (part: BatchAppendReq) => {
      const id = part.getCorrelationId()!.getString();
      const options = part.getOptions();
      if (options) open.set(id, { options, proposed: [] });
      const batch = open.get(id);
      // What comes after a part that was refused is passed over.
      if (!batch) return;
      batch.proposed.push(...part.getProposedMessagesList().map(proposedOf));
      // Counted part by part: a write that is too large is refused before it has come to its end.
      const tooLarge = this.cluster.log.sizeRefusal(batch.proposed);
      if (tooLarge) {
        open.delete(id);
        call.write(batchResponse(id, batch.options, tooLarge));
        return;
      }
      if (!part.getIsFinal()) return;
      open.delete(id);
      this.write(call, id, batch.options, batch.proposed);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  private write(call: BatchCall, id: string, options: BatchAppendReq.Options, proposed: Proposed[]): void {
    const moved = this.leaderElsewhere(call.metadata);
    // One that knows the leader ends the call, and with it all writes that wait on it; one that does not
    // answers this write only.
    if (moved === 'unknown')
      return void call.write(batchResponse(id, options, { kind: 'not-handled', message: NO_LEADER }));
    if (moved) return void call.emit('error', moved);
    const { log, faults } = this.cluster;
    const stream = streamOf(options.getStreamIdentifier());
    const apply = () => log.write(stream, expectedOf(options), proposed);
    const fault = faults.onAppend(stream);
    faults.releaseHeld();
    switch (fault) {
      case undefined:
        return void call.write(batchResponse(id, options, apply()));
      case 'unavailable-before':
        return void call.emit('error', failure(status.UNAVAILABLE, 'Server Is Not Ready'));
      case 'unavailable-after':
        apply();
        return void call.emit('error', failure(status.UNAVAILABLE, 'connection lost'));
      case 'not-ready-before':
        return void call.write(
          batchResponse(id, options, { kind: 'not-handled', message: 'Server Is Not Ready' }),
        );
      case 'timeout-before':
        return void call.write(batchResponse(id, options, { kind: 'timeout' }));
      case 'timeout-after':
        apply();
        return void call.write(batchResponse(id, options, { kind: 'timeout' }));
      case 'silent-before':
        return;
      case 'silent-after':
        return void apply();
      case 'shown-then-timeout':
      case 'shown-then-denied':
        apply();
        return void answerLate(() => {
          const kind = fault === 'shown-then-denied' ? 'access-denied' : 'timeout';
          call.write(batchResponse(id, options, { kind }));
        });
      case 'shown-then-unavailable':
        apply();
        return void answerLate(() => call.emit('error', failure(status.UNAVAILABLE, 'connection lost')));
      case 'late':
        return void faults.hold(apply);
      case 'access-denied':
        return void call.write(batchResponse(id, options, { kind: 'access-denied' }));
    }
  }

  private loginRefusal(metadata: Metadata) {
    const { login } = this.security;
    const expected = `Basic ${Buffer.from(login ?? '').toString('base64')}`;
    const refused = login !== undefined && metadata.get('authorization')[0] !== expected;
    return refused ? failure(status.UNAUTHENTICATED, 'Unauthenticated') : undefined;
  }

  /** Only administrators read the whole log, until its ACL says otherwise. */
  private allRefusal(call: ReadCall) {
    const refused = this.security.readsAll === false && call.request.getOptions()?.hasAll();
    const trailers = { exception: 'access-denied' };
    return refused ? failure(status.PERMISSION_DENIED, 'Access Denied', trailers) : undefined;
  }

  private leaderElsewhere(metadata: Metadata): ServiceError | 'unknown' | undefined {
    if (this.leader || metadata.get('requires-leader')[0] !== 'true') return undefined;
    const leader = this.cluster.members().find(member => member.leader && member.alive);
    return leader ? notLeader('127.0.0.1', leader.port) : 'unknown';
  }
}

/** Later than the log shows what was written. */
function answerLate(answer: () => void): void {
  setTimeout(answer, ANSWERS_LATE_MS);
}

/** Writes go through BatchAppend and nothing is ever deleted: a call of these is a defect of the adapter. */
function refuse(call: { emit(event: 'error', error: Error): void }, answer?: sendUnaryData<unknown>): void {
  const problem = failure(status.UNIMPLEMENTED, 'not served: the adapter must not call this');
  if (answer) answer(problem);
  else call.emit('error', problem);
}
