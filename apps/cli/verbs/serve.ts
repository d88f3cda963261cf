import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock';
import type { Config } from '#config';
import { InvalidInput } from '#kernel';
import { ListStaff, ShowClock } from '#nest';
import type { Product } from '#runtime';
import { DEMO_CUSTOMER } from '../demo/carrier.js';
import { type DemoKeys, freshDemoKeys, holdsDemo } from '../demo/keys.js';
import type { DemoReport } from '../demo/load.js';
import { DEMO_LOGINS, DEMO_PASSWORD, type DemoLogin, makeDemoLogins } from '../demo/logins.js';
import type { Host } from '../host.js';
import type { Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import { cliProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import { grouped, pairs } from '../text.js';

type Payments = Product['payments'];

/** Loads the example provider; the generator is not needed by any other verb. */
async function load(invocation: Invocation): Promise<DemoReport> {
  const { loadDemo } = await import('../demo/load.js');
  return withProgress(invocation.io, progress =>
    loadDemo(invocation.product, invocation.directory, invocation.caller('demo'), progress),
  );
}

function demoText(invocation: Invocation, report: DemoReport): string {
  const { accounts, calls, invoices, billed, suspended, months } = report;
  const head = pairs([
    [invocation.say('アカウント', 'accounts'), String(accounts)],
    [invocation.say('月', 'months'), months.join(' ')],
    [invocation.say('通話', 'calls'), grouped(String(calls))],
    [
      invocation.say('請求書', 'invoices'),
      invocation.say(`${invoices} 通、${grouped(billed)} 円`, `${invoices}, ${grouped(billed)} yen`),
    ],
    [invocation.say('保留中の行', 'lines in suspense'), String(suspended)],
  ]);
  if (!report.loaded) {
    const here = 'The example provider is here already; nothing was changed.';
    return `${invocation.say('見本はすでに入っています。何も変えていません。', here)}\n${head}`;
  }
  const { keys } = report;
  const tokens = keys ? `\n${tokensText(invocation, keys)}` : '';
  return `${invocation.say('見本の通信事業者を作りました。', 'Made an example provider.')}\n${head}${tokens}`;
}

function tokensText(invocation: Invocation, { staff, customer, auditor }: DemoKeys): string {
  const shown = invocation.say('API キー（今だけ表示されます）', 'API keys (shown only now)');
  return `${shown}\n${pairs([
    [invocation.say('社員', 'staff'), staff],
    [invocation.say(`お客様 ${DEMO_CUSTOMER}`, `customer ${DEMO_CUSTOMER}`), customer],
    [invocation.say('監査', 'auditor'), auditor],
  ])}\n${loginsText(invocation)}`;
}

const LEVELS = {
  account: { ja: 'アカウント', en: 'account' },
  circle: { ja: 'サークル', en: 'circle' },
  unique: { ja: 'ユニーク', en: 'unique' },
  staff: { ja: '社員', en: 'staff' },
} as const;

/** The logins of the example. Its password is no secret; a real provider has neither. */
function loginsText(invocation: Invocation): string {
  const levels = (Object.keys(LEVELS) as (keyof typeof LEVELS)[]).map(level => {
    const ids = DEMO_LOGINS.filter(login => login.level === level).map(({ loginId }) => loginId);
    return [LEVELS[level][invocation.language], ids.join(', ')] as const;
  });
  const head = invocation.say(
    `見本のログイン（パスワードはどれも ${DEMO_PASSWORD}）`,
    `Logins of the example (password of all: ${DEMO_PASSWORD})`,
  );
  const code = invocation.say(
    'メールや SMS は送られません。二段階認証のコードはログイン画面の「送信箱」か、別の端末の npx daicho outbox で見られます。',
    'Nothing is really sent: read the code of the second step in the outbox of the sign-in page, or with\n' +
      'npx daicho outbox in another terminal.',
  );
  return `${head}\n${pairs(levels)}${code}\n`;
}

async function demo(invocation: Invocation): Promise<Output> {
  const report = await load(invocation);
  return { kind: 'document', value: report, human: () => demoText(invocation, report) };
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info'] as const;

/** What the flags say counts more than the environment. @throws InvalidInput naming the flag that is wrong */
function settingsOf(invocation: Invocation): Promise<Config> {
  const port = invocation.countIfAny('port');
  if (port !== undefined && port > 65_535) throw InvalidInput.of('--port', cliProblems.NOT_A_PORT);
  const level =
    invocation.text('log-level') === undefined ? undefined : invocation.choice('log-level', LOG_LEVELS);
  return invocation.config({
    DAICHO_PORT: port?.toString(),
    DAICHO_HOST: invocation.text('host'),
    DAICHO_LOG_LEVEL: level,
  });
}

interface Started {
  readonly url: string;
  readonly directory: string;
  /** New keys of the example provider; null for a provider of your own. */
  readonly keys: DemoKeys | null;
  /** Of the example provider; empty for a provider of your own. */
  readonly logins: readonly DemoLogin[];
}

function startedText(invocation: Invocation, { url, directory, logins }: Started): string {
  const head = invocation.say(`Daicho が動いています: ${url}`, `Daicho is running: ${url}`);
  const example = logins.length > 0 ? `\n${loginsText(invocation)}` : '';
  return `${head}\n${pairs([[invocation.say('データ', 'data'), directory]])}${example}`;
}

/** `http://127.0.0.1:3000` is easier to click as localhost, and is the same. */
const friendly = (url: string): string => url.replace('//127.0.0.1:', '//localhost:');

async function announce(invocation: Invocation, url: string, keys: DemoKeys | undefined): Promise<void> {
  const logins = keys ? DEMO_LOGINS : [];
  const started = { url, directory: invocation.directory, keys: keys ?? null, logins };
  await invocation.io.out(
    invocation.json ? `${JSON.stringify(started)}\n` : startedText(invocation, started),
  );
}

/** The server runs, but what time alone causes waits: said where the person looks who started it. */
async function tellDoubtedClock(invocation: Invocation): Promise<void> {
  const { trusted, shown, believed, why } = await invocation.ask(new ShowClock({}));
  if (trusted || believed === null) return;
  const command = `daicho clock confirm --data ${invocation.directory} --reason WHY`;
  const seen =
    why === 'ahead'
      ? invocation.say(`最後の記録は ${believed} ごろです`, `the newest record is of about ${believed}`)
      : invocation.say(`${believed} ごろのはずです`, `it should be about ${believed}`);
  const text = invocation.say(
    `時計が ${shown} になっていますが、${seen}。確認できるまで残高の失効と月の締めは行われません。\n` +
      `時計が正しければ、別の端末で次を実行してください: ${command}\n`,
    `The clock shows ${shown}, but ${seen}. Until it is checked, nothing expires, no month closes.\n` +
      `If the clock is right, run in another terminal: ${command}\n`,
  );
  await invocation.io.err(text);
}

const untilStopped = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));

/** A store without any event is given the example provider, so that the first start shows something. */
async function prepare(invocation: Invocation): Promise<DemoKeys | undefined> {
  const { head } = await invocation.product.health();
  if (head === 0 && !invocation.flag('empty')) {
    const text = invocation.say(
      '空のデータです。見本の通信事業者を入れます（--empty で省けます）...',
      'The data directory is empty: loading an example provider (--empty leaves it empty) ...',
    );
    await invocation.io.err(`${text}\n`);
    const { keys } = await load(invocation);
    return keys ?? undefined;
  }
  if (!(await holdsDemo(invocation.product))) return undefined;
  const { actor } = invocation.caller();
  // An example of an earlier version had keys only.
  if ((await invocation.ask(new ListStaff({}))).rows.length === 0)
    await makeDemoLogins(invocation.product, actor);
  return freshDemoKeys(invocation.product, actor);
}

/** An agency without real money beside the server, so that a newcomer can charge a wallet in three clicks. */
async function practisePayments(invocation: Invocation, payments: Payments, url: string) {
  const { openSandboxAgency, openSandboxPayments } = await import('#adapters/sandbox-payments');
  const secret = randomBytes(32).toString('base64url');
  const directory = join(invocation.directory, 'sandbox-payments');
  const given = { clock: systemClock, secret, directory };
  // The same port after a restart, so that a page which a customer was led to stands there again.
  const port = Number(new URL(url).port) + 1;
  const agency = await openSandboxAgency({ ...given, port }).catch(() => openSandboxAgency(given));
  payments.offer(openSandboxPayments({ url: agency.url, secret }));
  agency.notifyAt(`${url}/api/v1/payment-gateways/sandbox/notifications`);
  return agency;
}

async function serve(invocation: Invocation, host: Host): Promise<Output> {
  const config = await settingsOf(invocation);
  const store = await host.open(invocation.directory, 'create', config);
  let close = (): Promise<void> => store.release();
  try {
    invocation.product = store.product;
    invocation.buses = store.buses;
    const keys = await prepare(invocation);
    const server = await host.startServer(store.product, config);
    close = () => server.close();
    const commands = await host.takeCommands(store, invocation.directory);
    // Only the example pays without money.
    const practice = keys && (await practisePayments(invocation, store.product.payments, server.url));
    await announce(invocation, friendly(server.url), keys);
    await tellDoubtedClock(invocation);
    await untilStopped(invocation.io.stop);
    await invocation.io.err(invocation.say('終了します ...\n', 'stopping ...\n')).catch(() => {});
    await commands.close();
    await practice?.close();
  } finally {
    await close();
  }
  return { kind: 'pieces', pieces: [] };
}

const SERVING = [
  option('--port <port>', {
    ja: 'HTTPサーバーのポート。0は空いているもの（省略時は $DAICHO_PORT、なければ 3000）',
    en: 'port of the HTTP server, 0 for a free one (default: $DAICHO_PORT, else 3000)',
  }),
  option('--host <address>', {
    ja: '待ち受けるアドレス（省略時は $DAICHO_HOST、なければ 127.0.0.1）',
    en: 'address to listen on (default: $DAICHO_HOST, else 127.0.0.1)',
  }),
  option('--log-level <level>', {
    ja: `${LOG_LEVELS.join(', ')}（省略時は $DAICHO_LOG_LEVEL、なければ info）。ログは標準エラーへ`,
    en: `${LOG_LEVELS.join(', ')} (default: $DAICHO_LOG_LEVEL, else info); the log goes to stderr`,
  }),
  option('--empty', {
    ja: '空のストアに見本の通信事業者を入れない',
    en: 'do not load the example provider into an empty store',
  }),
];

export const serveVerbs: Verbs = (program, add) => {
  add(program, {
    usage: 'serve',
    about: {
      ja: '1つのデータディレクトリですべて（API・画面・ジョブ）を動かす。空なら見本の通信事業者を入れる',
      en: 'run everything on one data directory: API, portal, jobs; an empty one gets the example provider',
    },
    store: 'alone',
    options: SERVING,
    run: serve,
  });
  add(program, {
    usage: 'demo',
    about: {
      ja: '見本の通信事業者（顧客・料金表・契約・3か月分の通話、うち2か月は締め済み）を入れる',
      en: 'load an example provider: customers, prices, contracts, three months of calls, two of them closed',
    },
    store: 'create',
    logins: true,
    run: demo,
  });
};
