import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GatewayRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the gateway does with its next request: answers so, breaks the connection, or never answers. */
export type GatewayAnswer =
  | number
  | { status: number; headers: Record<string, string> }
  | 'break'
  | 'silence';

export interface MessageGateway {
  readonly url: string;
  readonly requests: GatewayRequest[];
  /** For the next requests, in turn; 202 when none is left. */
  readonly answers: GatewayAnswer[];
  close(): Promise<void>;
}

/** The HTTP gateway of a carrier, for tests: keeps what is posted to it. */
export async function startMessageGateway(): Promise<MessageGateway> {
  const requests: GatewayRequest[] = [];
  const answers: GatewayAnswer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      requests.push({ method, headers, body });
      const answer = answers.shift() ?? 202;
      if (answer === 'silence') return;
      if (answer === 'break') request.socket.destroy();
      else if (typeof answer === 'number') response.writeHead(answer).end(body);
      else response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    requests,
    answers,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
