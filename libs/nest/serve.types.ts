import type { Logger } from 'pino';
import type { Product, RunJobsOptions } from '#runtime';

/** How slowly and how often one may come. */
export interface ArrivalLimits {
  /** Headers and body of a request arrive within so long; a file has longer once it was let in. */
  readonly requestMs: number;
  /** A file that was let in arrives within so long: large files come over slow lines. */
  readonly uploadMs: number;
  /** Connections, and requests under way, of one address at once. */
  readonly connectionsPerAddress: number;
}

export interface ServerOptions {
  readonly product: Product;
  /** The data directory: uploads wait in its folder `tmp` while they are imported. */
  readonly directory: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 without one. */
  readonly host?: string;
  /** The process also does the jobs of the product; without it another one does. */
  readonly jobs?: Omit<RunJobsOptions, 'onError'>;
  /** Requests and jobs at work are waited for at most so long when the server ends. Default 10,000 ms. */
  readonly stopGraceMs?: number;
  /** A question that names a position (`?wait=`) waits for it at most so long. Default 10,000 ms. */
  readonly waitLimitMs?: number;
  /** Where people open the portal, when that is not where the server listens: it is no foreign site. */
  readonly publicUrl?: string;
  /** The session's cookie is marked `Secure` even if a request came without TLS. */
  readonly cookieSecure?: boolean;
  /** Addresses and networks of proxies that may say whose request it is; none without it. */
  readonly trustProxy?: readonly string[];
  /** How slowly and how often one may come; standard values without it. */
  readonly arrival?: Partial<ArrivalLimits>;
  /** Folder of the built portal, when it is not where `npm run build` puts it. */
  readonly portal?: string;
  /** JSON lines on stdout without one. It is told routes and durations, never numbers, names or amounts. */
  readonly logger?: Logger;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:3000` */
  readonly url: string;
  /**
   * Takes no more requests, finishes those in flight (at most 10 s), then closes the product. Safe to call
   * twice.
   */
  close(): Promise<void>;
}
