import { GatewayFailed } from '#ports';
import { type Fields, type Order, orderOf, readAnswer } from './orders.js';

export interface AgencyOptions {
  /** Of its CGI programs, without a slash at the end. */
  readonly url: string;
  /** `clientip`: ten digits by which it knows the shop. */
  readonly shop: string;
  /** That the shop inquires with. */
  readonly key: string;
  /** A call takes at most so long; 10,000 ms without it. */
  readonly timeoutMs?: number | undefined;
}

/** Failures of a connection that was never there: nobody can have carried anything out. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** An answer is never longer. */
const BYTES_MAX = 1024 * 1024;

/** No more than just too many. */
async function bytesOf(answer: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BYTES_MAX) break;
  }
  return Buffer.concat(chunks);
}

/** From server to server: forms in, texts out. */
export class Agency {
  constructor(private readonly options: AgencyOptions) {}

  /** @throws GatewayFailed */
  private async post(program: string, fields: Readonly<Record<string, string>>): Promise<Uint8Array> {
    const { url, shop, key, timeoutMs = 10_000 } = this.options;
    let answer: Response;
    let bytes: Uint8Array;
    try {
      answer = await fetch(`${url}/${program}`, {
        method: 'POST',
        body: new URLSearchParams({ clientip: shop, key, ...fields }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      bytes = await bytesOf(answer);
    } catch (error) {
      const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
      const executed = NEVER_CONNECTED.has(code) ? 'no' : 'unknown';
      throw new GatewayFailed(executed, 'the agency does not answer');
    }
    if (answer.status !== 200 || bytes.length > BYTES_MAX)
      throw new GatewayFailed('unknown', `the agency answered ${answer.status}`);
    return bytes;
  }

  /** @throws GatewayFailed */
  private async ask(program: string, fields: Readonly<Record<string, string>>): Promise<readonly Fields[]> {
    const { verdict, error, orders } = readAnswer(await this.post(program, fields));
    switch (verdict) {
      case 'done':
        return orders;
      case 'none':
        return [];
      case 'refused':
        throw new GatewayFailed('no', `the agency refused: ${error || 'without a code'}`);
      case 'unknown_shop':
        throw new GatewayFailed('no', 'the agency does not know our shop, or not what it was sent');
      default:
        throw new GatewayFailed('unknown', 'the agency is closed at present');
    }
  }

  /** All orders of one attempt, or the one of a number, in the order in which they were made. */
  async orders(of: { readonly sendid: string } | { readonly order_no: string }): Promise<readonly Order[]> {
    return (await this.ask('order_ref.cgi', of)).map(orderOf);
  }

  /** Has a slip or an account issued. The agency makes one for each call: ask first what there is. */
  async issue(program: 'cvs.cgi' | 'ebank.cgi', fields: Readonly<Record<string, string>>): Promise<void> {
    await this.ask(program, { act: 'secure_order', send: 'mall', ...fields });
  }
}
