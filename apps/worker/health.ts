import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `/health/live`: the process answers. `/health/ready`: what it works on answers too, and how far it is. */
export async function serveHealth(
  host: string,
  port: number,
  ready: () => Promise<object>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/health/live') send(200, { status: 'live' });
    else if (request.url === '/health/ready') {
      ready().then(
        state => send(200, { status: 'ready', ...state }),
        () => send(503, { status: 'not ready' }),
      );
    } else send(404, { status: 'no such page' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
