import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Language } from '#kernel';
import type { Clock } from '#ports';
import { answerShop } from './api.js';
import { Books, type Payment } from './books.js';
import { booksInJson, controlPage } from './control.js';
import { Counter } from './counter.js';
import { Customer, yenOf } from './customer.js';
import { FAULTS, Faults } from './faults.js';
import { html, page, pageHeaders } from './html.js';
import { openJournal } from './journal.js';
import { Notifier } from './notifier.js';
import { Refused } from './wire.js';
import { words } from './words.js';

export interface SandboxAgencyOptions {
  readonly clock: Clock;
  /** What the shop shows when it asks, and by what notifications are signed. */
  readonly secret: string;
  /** Where its books are kept, in `books.jsonl`; in memory without it. */
  readonly directory?: string | undefined;
  /** 127.0.0.1 without it. */
  readonly host?: string | undefined;
  /** Any that is free without it. */
  readonly port?: number | undefined;
  /** As browsers reach it, without a slash at the end; `http://<host>:<port>` without it. */
  readonly publicUrl?: string | undefined;
  /** Waits before a notification is sent again, the last for ever; half a second to half a minute without. */
  readonly retryDelaysMs?: readonly number[] | undefined;
}

export interface SandboxAgency {
  readonly url: string;
  /** Notifications are posted there from now on, those first that wait. */
  notifyAt(url: string): void;
  close(): Promise<void>;
}

const LONGEST_BODY = 65_536;
const SHOP_TIMEOUT_MS = 5_000;

interface Asked {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly request: IncomingMessage;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Of a path that cannot be read: none. */
function partsOf(pathname: string): string[] {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return [];
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A page of another site may not press the buttons of this one. */
const comesFromElsewhere = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-site'] === 'cross-site';

/** One payment agency, with a counter for shops, pages for customers and a page for who practises. */
class Agency {
  private readonly faults = new Faults();
  private readonly books: Books;
  private readonly counter: Counter;
  private readonly customer: Customer;
  readonly notifier: Notifier;
  /** Answers that come late are not waited for at the end. */
  readonly stopping = new AbortController();
  url = '';

  constructor(
    journal: Awaited<ReturnType<typeof openJournal>>,
    private readonly options: SandboxAgencyOptions,
  ) {
    this.books = new Books(journal, options.clock);
    this.counter = new Counter(this.books, this.faults);
    this.customer = new Customer(this.counter);
    const { secret, retryDelaysMs = [500, 2_000, 10_000, 30_000] } = options;
    const how = { secret, retryDelaysMs, timeoutMs: SHOP_TIMEOUT_MS };
    this.notifier = new Notifier(this.books, this.faults, how);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://agency');
    const path = partsOf(pathname);
    const asked = { method: request.method ?? '', path, query, body: await bodyOf(request), request };
    const answer = path[0] === 'v1' ? await this.answerCall(asked) : await this.answerBrowser(asked);
    // Nobody hears of what is not in the books for ever.
    await this.books.durable();
    if (answer === 'silence') request.socket.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private async answerCall(asked: Asked): Promise<Answer | 'silence'> {
    const { authorization = '' } = asked.request.headers;
    if (!timingSafeEqual(digest(authorization), digest(`Bearer ${this.options.secret}`)))
      return json(401, { code: 'WRONG_SECRET', field: 'authorization', problem: 'is not that of the shop' });
    if (this.faults.next('call_lost') !== undefined) return 'silence';
    if (this.faults.next('error_before') !== undefined) return { status: 500 };
    const answer = this.shop(asked);
    const delayMs = this.faults.next('answer_delay');
    if (delayMs !== undefined) await wait(delayMs, undefined, { signal: this.stopping.signal });
    return this.faults.next('answer_lost') === undefined ? answer : 'silence';
  }

  private shop({ method, path, query, body }: Asked): Answer {
    try {
      const said = answerShop(this.counter, this.url, { method, path: path.slice(1), query, body });
      return said ? json(200, said) : { status: 204 };
    } catch (error) {
      if (error instanceof Refused) return json(error.status, error.said);
      throw error;
    }
  }

  private answerBrowser(asked: Asked): Answer {
    const { method, path, query, request } = asked;
    const language = query.get('lang') === 'en' ? 'en' : 'ja';
    if (method === 'POST' && comesFromElsewhere(request)) return { status: 403 };
    const [room, id = ''] = path;
    if (room === 'pay') {
      const payment = this.books.get(id);
      return payment ? this.pay(payment, asked, language) : notFound(language);
    }
    if (method === 'GET' && room === 'books') return json(200, booksInJson(this.books));
    if (room !== 'control') return notFound(language);
    if (method === 'POST') return this.control(asked, language);
    const body = controlPage(this.books, this.faults, language);
    return { status: 200, headers: pageHeaders(null), body };
  }

  private pay(payment: Payment, { method, path, body }: Asked, language: Language): Answer {
    const { returnTo } = payment.request;
    const headers = pageHeaders(returnTo);
    const here = `/pay/${payment.payment}?lang=${language}`;
    if (method !== 'POST') return { status: 200, headers, body: this.customer.show(payment, language, null) };
    const before = payment.state;
    const wrong = this.customer.act(payment, path[2] ?? '', new URLSearchParams(body));
    if (wrong === undefined) return notFound(language);
    if (wrong) return { status: 422, headers, body: this.customer.show(payment, language, wrong) };
    // What is over goes back to the shop; what somebody pays later stays here, where it can be seen.
    const isOver = payment.state === 'paid' || payment.state === 'failed';
    const goesBack = isOver && before === 'waits_for_customer';
    return { status: 303, headers: { location: goesBack ? returnTo : here, 'cache-control': 'no-store' } };
  }

  /**
   * `faults`: fault, times, by. `money`: payment, amount, payer: it comes, whatever the payment is.
   * `disputes`: payment: what came goes back.
   */
  private control({ path, body }: Asked, language: Language): Answer {
    const form = new URLSearchParams(body);
    if (path[1] === 'faults') {
      const fault = FAULTS.find(one => one === form.get('fault'));
      const [times, by] = [Number(form.get('times') ?? '1'), Number(form.get('by') ?? '1')];
      if (!fault || !Number.isSafeInteger(times) || !Number.isSafeInteger(by)) return { status: 422 };
      this.faults.ask(fault, times, by);
    } else if (path[1] === 'money') {
      const yen = yenOf(form.get('amount') ?? '');
      const id = form.get('payment') ?? '';
      if (yen === undefined || !this.books.get(id)) return { status: 422 };
      this.counter.forceMoney(id, yen, form.get('payer'));
    } else if (path[1] === 'disputes') {
      const id = form.get('payment') ?? '';
      if (!this.books.get(id)) return { status: 422 };
      this.counter.loseDispute(id);
    } else return notFound(language);
    return { status: 303, headers: { location: `/control?lang=${language}` } };
  }
}

function notFound(language: Language): Answer {
  const title = words.NO_SUCH_PAYMENT[language];
  const parts = { language, title, banner: words.BANNER[language], main: html``, footer: html`` };
  return { status: 404, headers: pageHeaders(null), body: page(parts) };
}

/** Opens a payment agency of its own on a port: for learning and for tests, without real money. */
export async function openSandboxAgency(options: SandboxAgencyOptions): Promise<SandboxAgency> {
  const journal = await openJournal(options.directory);
  const agency = new Agency(journal, options);
  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = agency.handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
    underWay.add(work);
    void work.then(() => underWay.delete(work));
  });
  const { host = '127.0.0.1', port = 0 } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });
  const named = host.includes(':') ? `[${host}]` : host;
  const url = `http://${named}:${(server.address() as AddressInfo).port}`;
  agency.url = options.publicUrl ?? url;
  return {
    url,
    notifyAt: to => agency.notifier.sendTo(to),
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      agency.stopping.abort();
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
      await agency.notifier.close();
      await journal.close();
    },
  };
}
