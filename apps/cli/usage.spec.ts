import type { Command } from 'commander';
import { defineRefusals, problem, rejected } from '#kernel';
import { StoreRefused, StoreUnavailable, storeProblems } from '#ports';
import type { Product } from '#runtime';
import { tree } from './reference.js';
import { hostWith, type Ran, ran, storeWith } from './spec-support.fixture.js';

/** A product that must not be asked: every fault here is found before. */
const untouched = new Proxy({} as Product, {
  get: (_product, service) =>
    new Proxy(
      {},
      {
        get: (_service, useCase) => () => {
          throw new Error(`${String(service)}.${String(useCase)} was asked`);
        },
      },
    ),
});
const run = (line: string): Promise<Ran> => ran(line.split(' ').filter(Boolean), hostWith(untouched));

const FAULTS: readonly (readonly [line: string, error: string])[] = [
  ['balanc', "USAGE: unknown command 'balanc'"],
  ['balance', "USAGE: required option '--account <account>' not specified"],
  ['balance --account A1 --colour', "USAGE: unknown option '--colour'"],
  ['balance extra --account A1', 'USAGE: too many arguments'],
  ['balance --account a_b', 'INVALID_INPUT: --account: '],
  ['balance --account A1 --as-of 2025-10-01', 'INVALID_INPUT: --as-of: '],
  ['balance --account A1 --lang fr', 'INVALID_INPUT: --lang: '],
  ['charge --account A1 --amount 1,00 --method card', 'INVALID_INPUT: --amount: '],
  ['charge --account A1 --amount 1e3 --method card', 'INVALID_INPUT: --amount: '],
  ['charge --account A1 --amount 1.00001 --method card', 'INVALID_INPUT: --amount: '],
  ['charge --account A1 --amount 1000 --method cash', 'INVALID_INPUT: --method: '],
  ['charge --account A1 --amount 1000 --method card --at 2025-10-01T00:00:00', 'INVALID_INPUT: --at: '],
  ['charge --account A1 --amount 1000 --method card --at 2025-02-30T00:00:00+09:00', 'INVALID_INPUT: --at: '],
  ['charge --account A1 --amount 1000 --method card --id 請求', 'INVALID_INPUT: --id: '],
  ['charge --account A1 --amount 1000 --method card --id cdr/c-1', 'INVALID_INPUT: --id: '],
  ['charge --account A1 --amount 1000 --method card --actor 田中', 'INVALID_INPUT: --actor: '],
  ['adjust --account A1 --amount 100', "USAGE: required option '--reason <text>' not specified"],
  ['reverse c1 --account A1', "USAGE: required option '--reason <text>' not specified"],
  ['reverse --account A1 --reason r', "USAGE: missing required argument 'debit'"],
  ['history --account A1 --month 2025-13', 'INVALID_INPUT: --month: '],
  ['history --account A1 --limit 0', 'INVALID_INPUT: --limit: '],
  ['calls --account A1 --direction up', 'INVALID_INPUT: --direction: '],
  ['account create A1 --name N', "USAGE: required option '--tariff <tariff>' not specified"],
  ['account create A_1 --name N --tariff std', 'INVALID_INPUT: account: '],
  ['account create A1 --name N --tariff std --number 050-1234-567x', 'INVALID_INPUT: --number: '],
  ['account create A1 --name N --tariff std --opened-on 2025-02-29', 'INVALID_INPUT: --opened-on: '],
  [
    'account create A1 --name N --tariff std --incoming-discount half',
    'INVALID_INPUT: --incoming-discount: ',
  ],
  ['account number A1 050-123x', 'INVALID_INPUT: number: '],
  ['account discount A1 much', 'INVALID_INPUT: yen: '],
  ['statement --account A1 --month 2025-10 --format xml', 'INVALID_INPUT: --format: '],
  [
    'statement --account A1 --month 2025-10 --format csv --json',
    'USAGE: --json does not go with --format csv',
  ],
  ['close', "USAGE: required option '--month <month>' not specified"],
  ['close --month October', 'INVALID_INPUT: --month: '],
  ['reconcile --month 10', 'INVALID_INPUT: --month: '],
  ['audit export --format xml', 'INVALID_INPUT: --format: '],
  ['audit export --from 0', 'INVALID_INPUT: --from: '],
  ['audit export --format csv --json', 'USAGE: --json does not go with --format csv'],
  ['audit replay --as-of yesterday', 'INVALID_INPUT: --as-of: '],
  ['key create --role king', 'INVALID_INPUT: --role: '],
  ['cdr import', "USAGE: missing required argument 'files'"],
  ['cdr import nowhere.csv', 'FILE_UNREADABLE: nowhere.csv: there is no such file'],
  ['cdr import apps', 'FILE_UNREADABLE: apps: is not a file'],
  ['cdr import package.json --format xml', 'INVALID_INPUT: --format: '],
  ['cdr suspense retry --line 3', 'USAGE: --line needs --import'],
  ['cdr suspense discard --import i --line x --reason r', 'INVALID_INPUT: --line: '],
  ['tariff import nowhere.csv', 'FILE_UNREADABLE: nowhere.csv: there is no such file'],
  ['catalogue import apps', 'FILE_UNREADABLE: apps: is a directory'],
  ['rate cdr.csv', "USAGE: required option '--tariff <file>' not specified"],
  ['rate nowhere.csv --tariff nowhere.csv', 'FILE_UNREADABLE: nowhere.csv: there is no such file'],
  ['backup package.json', 'FILE_EXISTS: package.json: '],
  ['restore nowhere.db', 'FILE_UNREADABLE: nowhere.db: there is no such file'],
  ['migrate-store', 'USAGE: either --to or --from is required here'],
  ['migrate-store --to --from', 'USAGE: either --to or --from is required here'],
  ['migrate-store --from --index postgres://db', 'USAGE: --index goes with a URL behind --from'],
  ['migrate-store --from esdb://a --schema s', 'USAGE: --schema goes with --index'],
  ['serve --port 70000', 'INVALID_INPUT: --port: '],
  ['serve --port http', 'INVALID_INPUT: --port: '],
];

describe('wrong usage and malformed input', () => {
  it.each(FAULTS)('daicho %s', async (line, error) => {
    const { exit, out, err } = await run(line);
    expect(err.slice(0, error.length)).toBe(error);
    expect([exit, out]).toEqual([2, '']);
  });

  it('says in Japanese what does not go together', async () => {
    expect(await run('migrate-store --lang ja')).toMatchObject({
      exit: 2,
      err: 'USAGE: --to か --from のどちらか一方を指定してください\n',
    });
  });

  it.each([
    ['balanc', 'balanc というコマンドはありません\n（balance ではありませんか）'],
    ['cdr imprt x', 'imprt というコマンドはありません\n（import ではありませんか）'],
    ['zzzzzzzzz', 'zzzzzzzzz というコマンドはありません'],
    ['balance', 'オプション --account <account> は必須です'],
    ['balance --account', 'オプション --account <account> に値がありません'],
    [
      'balance --account A1 --acount A2',
      '--acount というオプションはありません\n（--account ではありませんか）',
    ],
    ['balance --account A1 -q', '-q というオプションはありません'],
    ['balance extra --account A1', '引数が多すぎます。balance の引数は0個までですが、1個あります'],
    ['explain', '引数 <id> がありません'],
  ])('says in Japanese what commander finds wrong: %s', async (line, said) => {
    expect(await run(`--lang=ja ${line}`)).toEqual({
      exit: 2,
      out: '',
      err: `USAGE: ${said}\n（コマンドの一覧は daicho help）\n`,
    });
  });

  it.each([
    ['balanc', "unknown command 'balanc'\n(Did you mean balance?)"],
    ['cdr lits', "unknown command 'lits'\n(Did you mean list?)"],
    ['balance --account A1 --dta x', "unknown option '--dta'\n(Did you mean --data?)"],
    ['balance --account A1 --jsno', "unknown option '--jsno'\n(Did you mean --json?)"],
    ['balance x --account A1', "too many arguments for 'balance'. Expected 0 arguments but got 1."],
    ['explain x y', "too many arguments for 'explain'. Expected 1 argument but got 2."],
  ])('says in English what was meant: %s', async (line, said) => {
    expect((await run(line)).err).toBe(`USAGE: ${said}\n(daicho help shows the commands)\n`);
  });

  it('knows no receipt', async () => {
    expect(await run('receipt')).toMatchObject({ exit: 2, err: expect.stringContaining('unknown command') });
  });
});

describe('refusals', () => {
  it('says that there is no store, and where it looked', async () => {
    const { exit, err } = await ran(['balance', '--account', 'A1'], hostWith());
    const where = '--data DIR or DAICHO_DATA names another place';
    expect([exit, err]).toEqual([1, `NO_STORE: there is no store in tests; ${where}\n`]);
  });

  it('names the code of a rejection and its facts', async () => {
    const { TOO_LARGE } = defineRefusals({
      TOO_LARGE: { status: 422, ja: '上限は{most}円です。', en: 'At most {most} yen.' },
    });
    const refused = rejected(TOO_LARGE, { most: '120', available: '5' });
    const product = { prepaid: { charge: async () => refused } } as unknown as Product;
    const line = ['charge', '--account', 'A1', '--amount', '1', '--method', 'card'];
    expect(await ran(line, hostWith(product))).toEqual({
      exit: 1,
      out: '',
      err: 'TOO_LARGE: At most 120 yen. (available 5)\n',
    });
    const { err } = await ran([...line, '--lang', 'ja'], hostWith(product));
    expect(err).toBe('TOO_LARGE: 上限は120円です。（利用可能額 5）\n');
  });

  it('says in the language of the reader what a store does not do', async () => {
    const inUse = problem(storeProblems.USED_BY_ANOTHER, { directory: 'data', holder: 'process 7' });
    const unavailable = new StoreUnavailable('STORE_IN_USE', inUse);
    const refused = new StoreRefused(problem(storeProblems.BACKUP_EXISTS, { file: 'a.db' }));
    const told = async (error: Error, ...line: string[]) => {
      const product = { keys: { list: () => Promise.reject(error) } } as unknown as Product;
      const { exit, err } = await ran(['key', 'list', ...line], hostWith(product));
      return [exit, err];
    };
    expect(await told(unavailable)).toEqual([
      ...[
        1,
        'STORE_IN_USE: data is in use by process 7; stop it first, or open the store for reading only\n',
      ],
    ]);
    expect(await told(unavailable, '--lang', 'ja')).toEqual([
      ...[1, expect.stringMatching(/^STORE_IN_USE: data は使用中です：process 7。先に停止/)],
    ]);
    expect(await told(refused, '--lang', 'ja')).toEqual([
      ...[1, 'BACKUP_EXISTS: a.db はすでにあります。バックアップは何も上書きしません\n'],
    ]);
    expect(await told(new StoreUnavailable('UNAVAILABLE', 'as it is'), '--lang', 'ja')).toEqual([
      ...[1, 'UNAVAILABLE: as it is\n'],
    ]);
  });

  it('says a bug as INTERNAL, with the place only where it is asked for', async () => {
    const product = { keys: { list: () => Promise.reject(new Error('boom')) } } as unknown as Product;
    const plain = await ran(['key', 'list'], hostWith(product));
    expect([plain.exit, plain.err]).toEqual([1, 'INTERNAL: boom\n']);
    const debug = await ran(['key', 'list'], hostWith(product), { env: { DAICHO_DEBUG: '1' } });
    expect(debug.err).toMatch(/^INTERNAL: boom\nError: boom\n {4}at /);
  });

  it('waits for a store that another command holds, and gives up in the end', async () => {
    let tries = 0;
    const inUse = Object.assign(new Error('in use by process 7'), { code: 'STORE_IN_USE' });
    const product = { keys: { list: async () => [] } } as unknown as Product;
    const open = async () => {
      tries += 1;
      if (tries < 3) throw inUse;
      return storeWith(product);
    };
    expect(await ran(['key', 'list'], hostWith(undefined, { open }))).toMatchObject({ exit: 0, err: '' });
    expect(tries).toBe(3);
  });

  it('ends quietly when nobody reads its output', async () => {
    const product = { keys: { list: async () => [{ key: 'k' }] } } as unknown as Product;
    const out = () => Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(await ran(['key', 'list'], hostWith(product), { out })).toMatchObject({ exit: 0, err: '' });
  });
});

const JAPANESE = /[\u3040-\u9fff]/;

describe('help', () => {
  it('is no failure', async () => {
    const { exit, out, err } = await run('close --help');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('--dry-run');
  });

  it('has Japanese in every description of the tree, where that is the language', () => {
    const whole = (command: Command): Command[] => [command, ...command.commands.flatMap(whole)];
    const said = whole(tree('ja')).flatMap(command => [
      [command.name(), command.description()],
      ...command.options.map(({ flags, description }) => [`${command.name()} ${flags}`, description]),
    ]);
    expect(said.filter(([, text]) => !JAPANESE.test(text!))).toEqual([]);
    expect(said.length).toBeGreaterThan(300);
  });

  it('is Japanese as a whole then, but for what is typed', async () => {
    for (const line of ['--help', 'key --help', 'serve --help', 'charge --help']) {
      const { exit, out } = await run(`${line} --lang ja`);
      const heads = out.split('\n').filter(text => /^[^ ].*/.test(text));
      expect([exit, heads.filter(text => !JAPANESE.test(text))]).toEqual([0, []]);
    }
    expect((await run('key create --help')).out).toContain('What it may do: staff, customer');
  });

  it('prints the version of the workspace', async () => {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    expect(await run('--version')).toEqual({ exit: 0, out: `${version}\n`, err: '' });
  });
});
