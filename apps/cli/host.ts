import type { Config } from '#config';
import type { Buses } from '#nest';
import type { AuditFinding, CopyReport, Product, Progress } from '#runtime';
import type { ExitCode } from './failure.js';
import type { Io } from './io.js';

/**
 * What a command does to the store: `none` needs none; `read` and `write` want one that is there; `create`
 * makes one where there is none; `alone` touches the directory itself, so that no server may run on it.
 */
export type StoreUse = 'none' | 'read' | 'write' | 'create' | 'alone';

export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, finishes those in flight, closes the product. */
  close(): Promise<void>;
}

/** What commands enter an open store by. */
export type OpenedStore = Pick<OpenStore, 'product' | 'buses'>;

export interface OpenStore {
  readonly product: Product;
  readonly buses: Pick<Buses, 'commands' | 'queries'>;
  release(): Promise<void>;
}

/** A log to be copied between a data directory and a cluster. */
export interface StoreMove {
  readonly direction: 'to' | 'from';
  readonly directory: string;
  /** Of the cluster; without it the environment names the cluster and its index. */
  readonly url: string | undefined;
  readonly namespace: string | undefined;
  /** Of the PostgreSQL that keeps the index of the cluster's log. */
  readonly index: string | undefined;
  readonly schema: string | undefined;
}

/** Where commands run: in a process of their own, or inside the server that holds the store. */
export interface Host {
  /** The directory whose server this is; null in a process of its own. */
  readonly serving: string | null;
  /**
   * @param logins what people sign in with is opened too, which takes a moment, as this configuration says
   * @throws StoreUnavailable; Refused `NO_STORE` where there is none to read or write.
   */
  open(directory: string, use: 'read' | 'write' | 'create', logins?: Config): Promise<OpenStore>;
  /** Runs the caller's command in the server of that directory; undefined when no server answers there. */
  forward(directory: string, io: Io): Promise<ExitCode | undefined>;
  /**
   * Makes a store of a backup. @throws Error when the directory is not empty or the backup's chain is
   * broken.
   */
  restore(file: string, directory: string): Promise<{ events: number; bytes: number }>;
  /** @throws CopyRefused; StoreUnavailable; InvalidInput for a URL of another form */
  moveStore(move: StoreMove, progress: Progress): Promise<CopyReport & { readonly replay: AuditFinding }>;
  /** The HTTP face over an open product, as the configuration says; closes the product when it ends. */
  startServer(product: Product, config: Config): Promise<RunningServer>;
  /** Lets other processes' commands run on this product, through the directory's socket. */
  takeCommands(store: OpenedStore, directory: string): Promise<{ close(): Promise<void> }>;
}
