import type { RunningServer, ServerOptions } from './serve.types.js';

/**
 * The HTTP face of the product: API, documentation, health, metrics and the portal.
 * Loaded on the first call, so that apps without HTTP start quickly.
 * @throws Error with code EADDRINUSE and the like when it cannot listen; the product is then left open.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { listen } = await import('./http/server.js');
  return listen(options);
}
