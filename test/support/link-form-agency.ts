import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Instant, Money } from '#kernel';
import type { Clock } from '#ports';
import { shiftJis, shiftJisQuery } from './shift-jis.js';

// An agency as public shop plugins describe it: link forms from browsers, calls from servers, results by GET.

type Fields = Readonly<Record<string, string>>;

export interface AgencyOrder {
  readonly order_no: string;
  readonly kind: 'card' | 'cvs' | 'ebank';
  status: string;
  readonly asked: Money;
  received: Money;
  date: string;
  readonly sendid: string;
  readonly sendpoint: string;
  /** Beside these: numbers of the slip, the account, who paid, why it was refused. */
  more: Fields;
}

export interface LinkFormAgencyOptions {
  readonly clock: Clock;
  readonly shop: string;
  readonly key: string;
  readonly notifyAt: string;
}

type Fault = 'none' | 'answer_lost' | 'call_lost' | 'maintenance' | 'order_unreadable';

interface Session {
  readonly program: string;
  readonly fields: Fields;
  isOver: boolean;
}

const LIMIT_DAYS = 7;
const DAY_MS = 86_400_000;
const digits = (at: Instant, count: number): string => Instant.text(at).replace(/\D/g, '').slice(0, count);

export class LinkFormAgency {
  readonly orders: AgencyOrder[] = [];
  private readonly sessions: Session[] = [];
  /** Of the next calls of servers, one for each. */
  private readonly faults: Fault[] = [];
  /** What is done with the next results; they are sent at once when none is left. */
  private readonly plans: ('twice' | 'hold' | 'lost')[] = [];
  private readonly held: string[] = [];
  private sending: Promise<unknown> = Promise.resolve();
  /** Where results go. */
  notifyAt: string;
  /** What was answered to them: status and text. */
  readonly answered: (readonly [number, string])[] = [];

  constructor(private readonly options: LinkFormAgencyOptions) {
    this.notifyAt = options.notifyAt;
  }

  failNext(fault: Fault): void {
    this.faults.push(fault);
  }

  planResults(...plans: ('twice' | 'hold' | 'lost')[]): void {
    this.plans.push(...plans);
  }

  /** Everything that was to be sent has been. */
  async idle(): Promise<void> {
    await this.sending;
  }

  private readonly now = (): Instant => this.options.clock.now();

  private make(kind: AgencyOrder['kind'], status: string, fields: Fields, more: Fields): AgencyOrder {
    const order: AgencyOrder = {
      order_no: String(9_000_001 + this.orders.length),
      ...{ kind, status, asked: Money.of(fields['money']!), received: Money.zero, date: '' },
      ...{ sendid: fields['sendid']!, sendpoint: fields['sendpoint']!, more },
    };
    this.orders.push(order);
    return order;
  }

  /** A status is told of, with what public plugins read of a result. */
  tell(order: AgencyOrder, status = order.status): void {
    const { order_no, kind, sendid, sendpoint, asked, received, more } = order;
    const money = Money.text(received === 0 ? asked : received);
    const said: Fields =
      kind === 'card'
        ? { result: status, ordd: order_no, money, sendid, sendpoint, cardnumber: '************4242' }
        : { order_no, status, money, sendid, sendpoint, ...(kind === 'ebank' && { tracking_no: order_no }) };
    this.send({
      clientip: this.options.shop,
      ...said,
      ...(more['username'] && { username: more['username'] }),
    });
  }

  private send(fields: Fields): void {
    const query = shiftJisQuery(fields);
    const plan = this.plans.shift();
    if (plan === 'lost') return;
    if (plan === 'hold') {
      this.held.push(query);
      return;
    }
    const all = [query, ...(plan === 'twice' ? [query] : []), ...this.held.splice(0)];
    const post = async (): Promise<void> => {
      for (const one of all) {
        const answer = await fetch(`${this.notifyAt}?${one}`);
        this.answered.push([answer.status, await answer.text()]);
      }
    };
    this.sending = this.sending.then(post).catch(() => undefined);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const program = new URL(request.url ?? '/', 'http://agency').pathname.replace('/cgi-bin/', '');
    const isServer = program === 'order_ref.cgi' || fields['act'] === 'secure_order';
    const fault = isServer ? this.faults.shift() : undefined;
    if (fault === 'call_lost') {
      request.socket.destroy();
      return;
    }
    const text = fault === 'maintenance' ? 'maintenance\n' : this.answer(program, fields);
    if (fault === 'answer_lost') request.socket.destroy();
    else {
      const said = fault === 'order_unreadable' ? text.replace(/status=\w+/, 'status=99') : text;
      response.writeHead(200, { 'content-type': 'text/plain; charset=Shift_JIS' });
      response.end(Buffer.from(shiftJis(said)));
    }
  }

  private answer(program: string, fields: Fields): string {
    const { shop, key } = this.options;
    if (program === 'session.cgi') return this.answerBrowser(fields);
    if (fields['clientip'] !== shop) return 'Invalid clientip\n';
    if (program === 'order_ref.cgi') return fields['key'] === key ? this.inquired(fields) : 'Invalid key\n';
    const isWhole = /^[1-9]\d*$/.test(fields['money'] ?? '') && fields['sendid'] && fields['sendpoint'];
    if (!isWhole || fields['send'] !== 'mall') return 'Invalid param\n';
    if (fields['act'] === 'order') {
      this.sessions.push({ program, fields, isOver: false });
      return `session=${this.sessions.length - 1}\n`;
    }
    if (fields['key'] !== key || !/^\d{10,11}$/.test(fields['telno'] ?? '')) return 'Invalid param\n';
    if (program === 'cvs.cgi') return this.slip(fields, fields['pay_cvs']!);
    if (program === 'ebank.cgi') return this.account(fields);
    return 'failure_order\nerror_code=NO_PROGRAM\n';
  }

  /** What is typed on the page that a link form leads to. */
  private answerBrowser(fields: Fields): string {
    const session = this.sessions[Number(fields['session'] ?? '-1')];
    if (!session || session.isOver) return 'failure_order\nerror_code=OVER\n';
    if (session.program === 'cvs.cgi') {
      session.isOver = true;
      return this.slip(session.fields, fields['pay_cvs']!);
    }
    const error = fields['outcome'] ?? '';
    const order = this.make('card', error === '' ? 'OK' : 'NG', session.fields, { error_code: error });
    session.isOver = error === '';
    if (error === '') this.take(order, order.asked);
    this.tell(order);
    return error === '' ? 'Success_order\n' : `failure_order\nerror_code=${error}\n`;
  }

  private take(order: AgencyOrder, amount: Money): void {
    order.received = Money.add(order.received, amount);
    order.date ||= digits(this.now(), 14);
  }

  private limit(): string {
    return digits(Instant.plusMs(this.now(), LIMIT_DAYS * DAY_MS), 8);
  }

  private slip(fields: Fields, payCvs: string): string {
    const pay_no2 = ['D002', 'D050', 'D030'].includes(payCvs) ? { pay_no2: '990012345' } : {};
    const more = {
      pay_cvs: payCvs,
      pay_no1: `8${this.orders.length}1234567`,
      ...pay_no2,
      pay_limit: this.limit(),
    };
    const order = this.make('cvs', '01', fields, more);
    this.tell(order);
    return `Success_order\norder_no=${order.order_no}\n`;
  }

  private account(fields: Fields): string {
    const place = { bank_name: 'みずほ銀行', branch_name: '第五集中支店', account_kind: '1' };
    const number = String(1_000_001 + this.orders.length);
    const more = {
      ...place,
      account_no: number,
      account_name: 'ダイコウ）ケッサイ',
      pay_limit: this.limit(),
    };
    const order = this.make('ebank', '02', fields, more);
    this.tell(order);
    return `Success_order\norder_no=${order.order_no}\n`;
  }

  private inquired({ sendid, order_no }: Fields): string {
    const found = this.orders.filter(one => (sendid ? one.sendid === sendid : one.order_no === order_no));
    if (found.length === 0) return 'failure_order\nerror_code=NOT_FOUND\n';
    const lines = found.flatMap(({ asked, received, more, ...order }) =>
      Object.entries({
        ...order,
        money: Money.text(asked),
        ...(received > 0 && { received: Money.text(received) }),
        ...more,
      }).map(([name, value]) => `${name}=${value}`),
    );
    return `Success_order\n${lines.join('\n')}\n`;
  }

  /** At the till; nothing where the slip is paid or its limit is over. */
  payAtShop(order: AgencyOrder): void {
    if (order.status !== '01' || digits(this.now(), 8) > order.more['pay_limit']!) return;
    order.status = '04';
    this.take(order, order.asked);
    this.tell(order);
  }

  /** A bank knows neither amount nor limit: it takes what is sent. */
  transfer(order: AgencyOrder, amount: Money, payer: string): void {
    this.take(order, amount);
    order.more = { ...order.more, username: order.more['username'] ?? payer };
    order.status = order.received === order.asked ? '03' : order.received < order.asked ? '04' : '05';
    this.tell(order);
  }
}

export interface RunningLinkFormAgency {
  readonly agency: LinkFormAgency;
  /** Of its CGI programs. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startLinkFormAgency(options: LinkFormAgencyOptions): Promise<RunningLinkFormAgency> {
  const agency = new LinkFormAgency(options);
  const server = createServer((request, response) => {
    agency.handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cgi-bin`;
  return {
    agency,
    url,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await agency.idle();
    },
  };
}
