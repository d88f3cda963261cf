import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openProduct } from '#nest';
import { type AuditFinding, auditFindings, type Product } from '#runtime';
import { type SmallBooks, smallBooks } from '../../test/support/small-books.js';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { hostWith, ran } from './spec-support.fixture.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
  await books.product.close();
}, 30_000);
afterAll(() => books.home.end());

/** `{wallets}`: the table that holds that read model now. */
function spoil(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const physical = (name: string) =>
    tables.map(table => String(table['name'])).find(table => table.replace(/_v\d+$/, '') === name)!;
  db.exec(sql.replace(/\{(\w+)\}/g, (_, name: string) => physical(name)));
  db.close();
}

/** What an auditor does with a copy of the books that somebody has spoilt. */
async function audited<Result>(sql: string, look: (product: Product) => Promise<Result>): Promise<Result> {
  const directory = temporaryDirectory();
  cpSync(books.home.directory, directory, { recursive: true });
  spoil(join(directory, 'daicho.db'), sql);
  const product = await openProduct({ directory, readOnly: true, clock: books.clock });
  try {
    return await look(product);
  } finally {
    await product.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Case {
  readonly what: string;
  readonly sql: string;
  readonly words: string;
  readonly exit: string;
  readonly codes: readonly string[];
  readonly en: readonly string[];
  readonly ja: readonly string[];
}
const CASES: readonly Case[] = [
  {
    what: 'a changed balance',
    sql: "UPDATE {wallets} SET posted = posted + 10000 WHERE account = 'A1'",
    words: 'replay',
    exit: 'READ_MODELS_DIFFER',
    codes: ['CELLS_DIFFER'],
    en: ['wallets account=A1: posted 10037000 / replay 10027000'],
    ja: ['wallets account=A1：posted は 10037000（再計算では 10027000）'],
  },
  {
    what: 'a row under another name',
    sql: "UPDATE {wallets} SET account = 'Z9' WHERE account = 'B2'",
    words: 'replay',
    exit: 'READ_MODELS_DIFFER',
    codes: ['ROW_ONLY_REPLAYED', 'ROW_NOT_REPLAYED'],
    en: ['wallets account=B2: only in the replay', 'wallets account=Z9: not in the replay'],
    ja: [
      'wallets account=B2：再計算した帳簿にだけあります',
      'wallets account=Z9：再計算した帳簿にありません',
    ],
  },
  {
    what: 'an event that its stream does not show',
    sql: `UPDATE events SET revision = -5 WHERE position = (SELECT min(e.position) FROM events e
      JOIN event_types t ON t.id = e.type_id WHERE t.name LIKE 'ledger.LotCredited.%')`,
    words: 'replay --as-of 2025-01-05T12:00:00.000+09:00',
    exit: 'READ_MODELS_DIFFER',
    codes: ['BALANCE_DIFFERS'],
    en: ['A1: posted as of 2025-01-05T12:00:00.000+09:00 is 0, the replay gives 1000'],
    ja: ['A1：2025-01-05T12:00:00.000+09:00 時点の posted は 0 ですが、再計算では 1000 です'],
  },
  {
    what: 'a type of event without a name',
    sql: 'UPDATE events SET type_id = 900 WHERE position = 5',
    words: 'replay',
    exit: 'READ_MODELS_DIFFER',
    codes: ['UNREADABLE'],
    en: [
      'events after position 0: cannot be read: the event type number 900 has no name: the file is damaged',
    ],
    ja: ['記録0より後の記録：読み取れません：記録の種類900の名前がなく、ファイルが損傷しています'],
  },
  {
    what: 'a changed event',
    sql: "UPDATE events SET data = data || ' ' WHERE position = 5",
    words: 'verify',
    exit: 'CHAIN_BROKEN',
    codes: ['HASH_DIFFERS'],
    en: [
      'position 5: its content does not give the stored hash: ' +
        'data, meta data, type, stream or hash was changed',
    ],
    ja: [
      '記録5：内容から計算したハッシュが、保存されているハッシュと一致しません。' +
        'データ・付帯情報・種類・ストリーム・ハッシュのいずれかが変更されています',
    ],
  },
  {
    what: 'a lost index of commands',
    sql: 'DELETE FROM commands',
    words: 'verify',
    exit: 'STORE_DAMAGED',
    codes: ['COMMAND_MISSING'],
    en: ['the file is damaged: table commands does not know the command of event 1'],
    ja: ['ファイルが損傷しています：表 commands に、記録1のコマンドがありません'],
  },
];

describe('an audit of spoilt books', () => {
  it.each(CASES)('says in both languages what it found: $what', async one =>
    audited(one.sql, async product => {
      const run = (more: string) => ran(`audit ${one.words}${more}`.split(' '), hostWith(product));
      const [en, ja, json] = [await run(''), await run(' --lang ja'), await run(' --json')];
      expect([en.out.split('\n').slice(1, -1), ja.out.split('\n').slice(1, -1)]).toEqual([one.en, one.ja]);
      expect([en.err, ja.err]).toEqual([`${one.exit}: ${one.en[0]}\n`, `${one.exit}: ${one.ja[0]}\n`]);
      expect(en.out).toMatch(new RegExp(`^events \\d+, head [0-9a-f]{64}: ${one.en.length} problems\n`));
      expect([en.exit, ja.exit, json.exit]).toEqual([1, 1, 1]);
      const { ok, problems, findings } = JSON.parse(json.out) as AuditFinding;
      expect({ ok, problems }).toEqual({ ok: false, problems: one.en });
      expect(findings.map(({ code, problem, problemJa }) => [code, problem, problemJa])).toEqual(
        one.codes.map((code, i) => [code, one.en[i], one.ja[i]]),
      );
    }),
  );

  it('has a row that differs as fields', async () => {
    const { sql } = CASES[0]!;
    const { findings } = await audited(sql, product => product.audit.replay({}));
    const cells = [{ column: 'posted', live: '10037000', replayed: '10027000' }];
    expect(findings).toMatchObject([
      { position: null, row: { table: 'wallets', key: { account: 'A1' }, standsIn: 'both', cells } },
    ]);
  });

  it('counts what is too much to be told', async () => {
    const { findings } = await audited(
      'DELETE FROM {journal_balances}; DELETE FROM {prepaid_history}',
      product => product.audit.replay({}),
    );
    const { code, problem, problemJa, values } = findings.at(-1)!;
    expect(findings).toHaveLength(21);
    expect([code, problem, problemJa]).toEqual([
      'MORE',
      `and ${values['count']} more`,
      `ほかに${values['count']}件`,
    ]);
  });

  it('has each of its findings here', () => {
    // What a table says whose rows are out of order is with those who read it.
    const said = [...CASES.flatMap(({ codes }) => codes), 'MORE', 'ROWS_OUT_OF_ORDER'];
    expect(Object.keys(auditFindings).filter(code => !said.includes(code))).toEqual([]);
  });
});
