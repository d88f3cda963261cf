import { FakeNode } from './fake-node.js';
import { Faults } from './faults.js';
import { MemoryLog } from './memory-log.js';

interface ClusterOptions {
  readonly nodes?: number;
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  readonly login?: string;
  readonly readsAll?: boolean;
}

/**
 * A cluster of EventStoreDB for tests: real gRPC on 127.0.0.1, the client package's own service definitions,
 * one log in memory behind all nodes, the first node leading.
 */
export class FakeCluster {
  readonly log = new MemoryLog();
  readonly faults = new Faults();
  readonly nodes: readonly FakeNode[];

  private constructor(private readonly options: ClusterOptions) {
    const members = () => this.nodes.map(({ port, leader, alive }) => ({ port, leader, alive }));
    const cluster = { log: this.log, faults: this.faults, members };
    this.nodes = Array.from({ length: options.nodes ?? 1 }, () => new FakeNode(cluster, options));
  }

  static async start(options: ClusterOptions = {}): Promise<FakeCluster> {
    const cluster = new FakeCluster(options);
    for (const node of cluster.nodes) await node.start();
    cluster.elect(0);
    return cluster;
  }

  get leader(): FakeNode {
    return this.nodes.find(node => node.leader)!;
  }

  /** Makes another node the leader; the old one answers that it is not. */
  elect(index: number): void {
    for (const [i, node] of this.nodes.entries()) node.leader = i === index;
  }

  /** The connection string of all nodes, or of one alone. */
  url(index?: number): string {
    const hosts = index === undefined ? this.nodes : [this.nodes[index]!];
    const login = this.options.login === undefined ? '' : `${this.options.login}@`;
    const tls = this.options.tls !== undefined;
    return `esdb://${login}${hosts.map(node => `127.0.0.1:${node.port}`).join(',')}?tls=${tls}`;
  }

  stop(): void {
    for (const node of this.nodes) node.kill();
  }
}
