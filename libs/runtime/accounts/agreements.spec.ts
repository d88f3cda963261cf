import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, Money } from '#kernel';
import { A1, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { TARIFF_HEADER } from '../../../test/support/small-provider.js';
import type { Caller } from '../product.views.js';

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

let sequence = 0;
const caller = (): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'agreed' },
  commandId: `ag-${++sequence}`,
});
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const call = (id: string, direction: 'out' | 'in', hour: string): string => {
  const at = (minute: string) => `${hour}:${minute}:00.000+09:00`;
  const ends = direction === 'out' ? '05012345678,0312345678' : '0399999999,05012345678';
  return `${id},A1,05012345678,${direction},${ends},${at('00')},${at('00')},${at('10')},NORMAL_CLEARING`;
};
async function importCalls(...lines: readonly string[]) {
  const path = join(books.home.directory, `${++sequence}.csv`);
  writeFileSync(path, [HEADER, ...lines].join('\n'));
  return books.product.cdr.importFile(path, 'csv', caller());
}
const discountOf = async (month: string) =>
  (await books.product.closing.statement(A1, BusinessMonth.parse(month)))!.incomingDiscount.amount;

describe('what is agreed with an account holds from then on', () => {
  it('a late call is priced by the tariff that held when it began', async () => {
    const { product, clock } = books;
    const gold = `${TARIFF_HEADER}\ngold,03,東京,一般通話,0,80,600,600,600,2020-01-01,standard\n`;
    await product.catalogue.importTariffCsv('gold.csv', gold, caller());
    expect(await product.accounts.assignTariff(A1, 'gold', caller())).toMatchObject({ kind: 'done' });
    clock.moveTo('2025-03-10T14:00:00.000+09:00');
    await importCalls(call('after', 'out', '2025-03-10T13'), call('before', 'out', '2025-03-09T13'));
    const { rows } = await product.prepaid.calls(A1, { limit: 2 });
    expect(rows.map(row => [row.callId, row.net])).toEqual([
      ['after', '80'],
      ['before', '32'],
    ]);
  });

  it('a discount changes no month that is over: its statement stays, and so does its invoice', async () => {
    const { product, clock } = books;
    await importCalls(call('f-in', 'in', '2025-02-12T13'), call('m-in', 'in', '2025-03-09T13'));
    await importCalls(call('f-out', 'out', '2025-02-12T15'), call('m-out', 'out', '2025-03-09T15'));
    const dryRun = async () => {
      const run = await product.closing.run(
        { month: BusinessMonth.parse('2025-02'), dryRun: true },
        caller(),
      );
      return run.kind === 'done' ? run.value.accounts.find(one => one.account === 'A1') : run;
    };
    const before = [await discountOf('2025-02'), await dryRun()];
    expect(await product.accounts.agreeIncomingDiscount(A1, Money.of('2'), caller())).toMatchObject({
      kind: 'done',
    });
    expect([await discountOf('2025-02'), await dryRun()]).toEqual(before);
    expect(await discountOf('2025-03')).toBe('-20');
    clock.moveTo('2025-04-01T09:00:00.000+09:00');
    await product.accounts.agreeIncomingDiscount(A1, Money.of('3'), caller());
    expect(await discountOf('2025-03')).toBe('-20');
  });
});
