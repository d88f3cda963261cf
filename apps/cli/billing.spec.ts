import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from '#runtime';
import { JourneyApi, type JourneyHome, SimulatedClock } from '#testing';
import { embeddedHome } from '../../test/support/journeys.js';
import { hostWith, jsonLines, ran } from './spec-support.fixture.js';

const at = (text: string): string => `${text}:00.000+09:00`;
const call = (seconds: number) => ({
  id: 'c1',
  account: 'A1',
  to: '0312345678',
  seconds,
  at: at('2025-01-20T10:00'),
});

let home: JourneyHome;
let product: Product;
/** A call of January that February corrects to a shorter one: a return invoice. */
beforeAll(async () => {
  const clock = new SimulatedClock(at('2025-01-01T09:00'));
  home = await embeddedHome(clock);
  product = home.product;
  const api = new JourneyApi(product, home.directory);
  await api.tariff('03,一般通話,1000,60,standard');
  await api.openAccount('A1', '2025-01-01').done();
  await api.charge('A1', '20000', 'card').done();
  clock.moveTo(at('2025-01-20T12:00'));
  await api.calls(call(120)).done();
  clock.moveTo(at('2025-02-01T05:00'));
  await api.close('2025-01').done();
  clock.moveTo(at('2025-02-10T05:00'));
  await api.reverse('A1', 'c1', 'r1').done();
  await api.calls(call(60)).done();
  clock.moveTo(at('2025-03-01T05:00'));
}, 30_000);
afterAll(() => home.end());

const run = (words: string) => ran(words.split(' '), hostWith(product), { cwd: home.directory });

describe('close', () => {
  it('calls a paper below zero what it is, and says what was closed before', async () => {
    expect((await run('close --month 2025-02 --dry-run --lang ja')).out).toMatch(
      /締める予定.*\n+2025-02（試算）: 返還請求書 1 通、合計 -1,100 円\n/,
    );
    expect((await run('close --month 2025-02')).out).toContain(
      '2025-02: 1 return invoices, -1,100 yen in all\n',
    );
    expect((await run('close --month 2025-02 --dry-run --lang ja')).out).toMatch(
      /前回までに締め済み.*\n+2025-02（試算）: 返還請求書 1 通、合計 -1,100 円（前回までに締め済みの 1 件を含む）\n/,
    );
    expect((await run('close --month 2025-01')).out).toContain(
      '2025-01: 1 invoices, 2,200 yen in all (with 1 closed before)\n',
    );
  });

  it('prints no number of calls where only the price of one was corrected', async () => {
    await run('close --month 2025-02');
    const { out } = await run('invoice show 202502-000001 --lang ja');
    expect(out).toMatch(/一般通話 +2025年1月分 通話時間 -0:01:00\.0 +課税 10% +— +— +-1,000/);
  });
});

describe('cdr import --dry-run', () => {
  it('says what the import would do, and writes nothing', async () => {
    const header = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
    const line = (id: string, account: string): string =>
      [id, account, '05012345678', 'out', '05012345678', '0312345678']
        .concat(
          ['10:00', '10:00', '10:01'].map(time => at(`2025-02-20T${time}`)),
          'X',
        )
        .join(',');
    writeFileSync(
      join(home.directory, 'new.csv'),
      [header, line('n1', 'A1'), line('n2', 'A9'), 'x'].join('\n'),
    );
    const { head } = await product.health();
    const tried = await run('cdr import new.csv --dry-run --json');
    expect([tried.exit, tried.err]).toEqual([0, expect.stringContaining('nothing was written')]);
    expect((await run('cdr import new.csv --dry-run --lang ja')).err).toContain('何も書き込んでいません');
    expect((await product.health()).head).toBe(head);
    const [preview] = jsonLines(tried.out);
    writeFileSync(join(home.directory, 'again.csv'), `${header}\n${line('n1', 'A1')}\n`);
    const both = jsonLines((await run('cdr import new.csv again.csv --dry-run --json')).out);
    expect(both).toMatchObject([{ counts: { charged: 1 } }, { counts: { charged: 0, duplicates: 1 } }]);
    expect(preview).toMatchObject({ counts: { read: 3, charged: 1, suspended: 2 } });
    expect(jsonLines((await run('cdr import new.csv --json')).out)).toEqual([preview]);
  });

  it('makes no store where there is none', async () => {
    const asked: string[] = [];
    const host = hostWith(product, {
      open: async (_directory, use) => {
        asked.push(use);
        throw new Error('no store');
      },
    });
    await ran(['cdr', 'import', 'new.csv', '--dry-run'], host);
    await ran(['cdr', 'import', 'new.csv'], host);
    expect(asked).toEqual(['read', 'create']);
  });
});

describe('cdr suspense list', () => {
  it('says why a line waits in the language of its reader', async () => {
    const header = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
    writeFileSync(join(home.directory, 'late.csv'), `${header}\ny\n`);
    await run('cdr import late.csv');
    const [english, japanese] = [await run('cdr suspense list'), await run('cdr suspense list --lang ja')];
    expect(english.out).toContain('has 1 fields, the header has 10');
    expect(japanese.out).toContain('項目が1個ありますが、見出し行は10個です。');
    const rows = jsonLines((await run('cdr suspense list --json')).out);
    expect(rows).toContainEqual(
      expect.objectContaining({ code: 'FIELD_COUNT', values: { fields: '1', columns: '10' } }),
    );
  });
});
