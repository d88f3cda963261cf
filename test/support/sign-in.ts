import { pino } from 'pino';
import { readConfig } from '#config';
import type { LoginLevel, StaffRole } from '#identity';
import { Instant, parseAccountId } from '#kernel';
import { openWithLogins } from '#nest';
import type { Answer, Product, SessionView } from '#runtime';
import { type Received, type ServingOptions, serving, type TestServer } from './http-server.js';
import { callerOf, openProvider } from './small-provider.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Of every login of these tests. It stands in no file and no log: a test looks for it everywhere. */
export const PASSWORD = 'Kagi-4711-xyzzy';
const UNSAFE = new Set(['POST', 'PUT', 'DELETE']);

/** What `POST /sessions` and all that follows it answer. */
export interface SignedIn {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly view: SessionView;
}

/** A browser: it keeps the cookie that it is given, and repeats the CSRF token of its session. */
export class Browser {
  cookie: string | undefined;
  csrf = '';

  constructor(
    private readonly server: () => TestServer,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async send(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Received> {
    const received = await this.server().send(method, `/api/v1${path}`, {
      headers: {
        ...this.headers,
        ...(this.cookie !== undefined && { Cookie: this.cookie }),
        ...(UNSAFE.has(method) && this.csrf !== '' && { 'X-Csrf-Token': this.csrf }),
        ...more,
      },
      ...(body !== undefined && { body }),
    });
    for (const line of received.headers.getSetCookie()) this.cookie = /^([^;]*)/.exec(line)?.[1];
    if (typeof received.json['csrfToken'] === 'string') this.csrf = received.json['csrfToken'];
    return received;
  }

  signIn(level: LoginLevel, loginId: string, password = PASSWORD): Promise<Received> {
    return this.send('POST', '/sessions', { level, loginId, password });
  }

  /** Has a code sent to the first contact. */
  async sendCode(): Promise<Received> {
    const { json } = await this.send('GET', '/session');
    const [first] = (json as unknown as SessionView).secondStep?.contacts ?? [];
    return this.send('POST', '/session/codes', { contact: first?.contact, method: first?.methods[0] });
  }

  /** The code that was sent last, as the outbox shows it to this session. */
  async readCode(): Promise<string> {
    const { json } = await this.send('GET', '/outbox');
    const [newest] = json['rows'] as { text: string }[];
    return /(?<!\d)\d{6}(?!\d)/.exec(newest?.text ?? '')?.[0] ?? '';
  }

  enterCode(code: string): Promise<Received> {
    return this.send('POST', '/session/codes/verify', { code });
  }

  /** Password, code and all. */
  async signInWhole(level: LoginLevel, loginId: string): Promise<Received> {
    const first = await this.signIn(level, loginId);
    if (first.json['stage'] !== 'second_step') return first;
    await this.sendCode();
    return this.enterCode(await this.readCode());
  }
}

export const STAFF: readonly StaffRole[] = ['billing', 'approver', 'support', 'auditor', 'admin'];
export const ACCOUNTS = ['A1', 'A2'] as const;

export interface SignInHome {
  readonly directory: string;
  product: Product;
  server: TestServer;
  /** A new browser; `headers` go with everything it sends. */
  browser(headers?: Readonly<Record<string, string>>): Browser;
  at(time: string): void;
  plusMinutes(minutes: number): void;
  /** Sets the clock wrong, while time passes as always; 0 puts it right. */
  wrongByMinutes(minutes: number): void;
  /** Ends the server and starts it anew on the same directory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

function good<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}

/**
 * Two accounts with a login each, `<account>-login`; A1 has two circles with a unique each, whose logins are
 * called `first`, `second` and `first-unique`, `second-unique`; staff have one login per role, called by it.
 */
async function populate({ identity, ...product }: Product): Promise<void> {
  await openProvider({ identity, ...product }, ACCOUNTS, '2026-10-01');
  const account = parseAccountId('A1');
  await product.accounts.assignNumber(account, '05099990001', callerOf('second-number'));
  const numbers = (await product.accounts.get(account))?.numbers ?? [];
  for (const name of ACCOUNTS) {
    const login = { account: parseAccountId(name), loginId: `${name}-login`, name, password: PASSWORD };
    good(await identity.logins.createCustomerLogin({ ...login, mail: `${name}@example.jp` }, callerOf(name)));
  }
  for (const [i, name] of ['first', 'second'].entries()) {
    const mail = `${name}@example.jp`;
    const made = { account, name, loginId: name, password: PASSWORD, mail };
    const { circle } = good(await identity.circles.createCircle(made, callerOf(name)));
    const unique = { account, circle, name, loginId: `${name}-unique`, password: PASSWORD, mail };
    const { unique: id } = good(await identity.circles.createUnique(unique, callerOf(`${name}-unique`)));
    const own = { account, unique: id, numbers: [numbers[i]!] };
    good(await identity.circles.setUniqueNumbers(own, callerOf(`${name}-numbers`)));
  }
  for (const role of STAFF) {
    const staff = { loginId: role, name: role, role, password: PASSWORD, mail: `${role}@example.jp` };
    good(await identity.logins.createStaff(staff, callerOf(`staff-${role}`)));
  }
}

/** The real product with real hashes, seals and sandbox senders, behind the real server. */
export async function signInHome(options: ServingOptions = {}): Promise<SignInHome> {
  const directory = temporaryDirectory();
  let now = Instant.parse('2026-11-04T10:00:00.000+09:00');
  const config = readConfig({});
  const logger = pino({ level: 'silent' });
  let fault = 0;
  const clock = { now: () => Instant.plusMs(now, fault), steadyMs: () => now };
  const open = () => openWithLogins({ directory, clock }, { config, logger });
  const product = await open();
  await populate(product);
  const home: SignInHome = {
    directory,
    product,
    server: await serving(product, directory, options),
    browser: headers => new Browser(() => home.server, headers),
    at: time => {
      now = Instant.parse(time);
    },
    plusMinutes: minutes => {
      now = Instant.plusMs(now, minutes * 60_000);
    },
    wrongByMinutes: minutes => {
      fault = minutes * 60_000;
    },
    async restart() {
      await home.server.stop();
      home.product = await open();
      home.server = await serving(home.product, directory, options);
    },
    close: () => home.server.close(),
  };
  return home;
}
