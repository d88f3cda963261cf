import { setTimeout as delay } from 'node:timers/promises';

/** A complete answer. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** The product said that it had answered this before. */
  readonly replayed: boolean;
  /** Of the last event that a command led to; 0 where the answer names none. */
  readonly position: number;
}

export interface Asking {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  /** JSON, or the text of a file. */
  readonly body?: object | string;
  /** Of a file; CSV without it. */
  readonly type?: string;
  /** Makes a repetition the same request. */
  readonly key?: string;
  /** One try takes at most so long, in milliseconds; 10,000 without it. */
  readonly timeoutMs?: number;
  /** The answer must have this event in it. */
  readonly waitFor?: number;
}

const PAUSE_MS = 40;
const GIVE_UP_MS = 120_000;

/** One try. @throws when no complete answer comes */
export async function askOnce(url: string, token: string, asking: Asking): Promise<Answered> {
  const { method = asking.body === undefined ? 'GET' : 'POST', path, body, key } = asking;
  const { timeoutMs = 10_000, waitFor = 0, type = 'text/csv' } = asking;
  const isFile = typeof body === 'string';
  const response = await fetch(url + path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Reason': 'journey',
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(waitFor > 0 && { 'X-Wait-Position': String(waitFor) }),
      ...(body !== undefined && { 'Content-Type': isFile ? type : 'application/json' }),
    },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  const isJson = /json\b/.test(response.headers.get('Content-Type') ?? '');
  return {
    status: response.status,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    replayed: response.headers.get('Idempotent-Replayed') === 'true',
    position: Number.parseInt(response.headers.get('X-Position') ?? '0', 10),
  };
}

/**
 * A client as ours should be: it sends the same request with the same key again, to any server, when the
 * connection breaks or the answer is 503, and takes every other answer for what it is. What it was told is
 * done it finds in what it reads next, whichever server answers.
 */
export class PatientClient {
  private turn = 0;
  private position = 0;

  /** @param servers addresses of the servers at this moment; may be empty for a while */
  constructor(
    private readonly servers: () => readonly string[],
    private readonly token: string,
  ) {}

  async ask(asking: Asking): Promise<Answered> {
    const begin = performance.now();
    for (let last: unknown = 'no server'; ; ) {
      const urls = this.servers();
      const url = urls[this.turn++ % Math.max(urls.length, 1)];
      if (url !== undefined) {
        try {
          const isRead = asking.body === undefined;
          const answer = await askOnce(url, this.token, {
            ...asking,
            ...(isRead && { waitFor: this.position }),
          });
          this.position = Math.max(this.position, answer.position);
          if (answer.status !== 503) return answer;
          last = answer.text;
        } catch (error) {
          last = error;
        }
      }
      if (performance.now() - begin > GIVE_UP_MS)
        throw new Error(`${asking.path}: no answer in two minutes`, { cause: last });
      await delay(PAUSE_MS);
    }
  }

  /** @throws Error for any answer but 200 and 201 */
  async get(path: string, timeoutMs = 10_000): Promise<Readonly<Record<string, unknown>>> {
    return this.done({ path: `/api/v1${path}`, timeoutMs });
  }

  /** @throws Error for any answer but 200 and 201 */
  async done(asking: Asking): Promise<Readonly<Record<string, unknown>>> {
    const { status, text, json } = await this.ask(asking);
    if (status !== 200 && status !== 201) throw new Error(`${asking.path}: ${status} ${text}`);
    return json;
  }
}
