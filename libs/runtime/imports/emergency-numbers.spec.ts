import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const NUMBER = '05000008791';

let books: SmallBooks;
let sequence = 0;
const caller = (): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'a new number' },
  commandId: `emergency-${++sequence}`,
});

beforeAll(async () => {
  books = await smallBooks();
  // 112 would be priced by its digits, 110 and 119 have rows too; 1117 begins with a number of the list.
  await books.api.tariff('112,一般通話,8,180,standard', '11,一般通話,8,180,standard');
  const rule = 'name: calls.emergency-numbers\n    value: 110,112,118,119,1117';
  const policies = `policies:\n  - ${rule}\n    valid_from: 2025-03-06\n`;
  const { catalogue } = books.product;
  expect(await catalogue.importCatalogueYaml('e.yaml', policies, caller())).toMatchObject({ problems: [] });
});
afterAll(() => books.home.end());

async function categoryOf(to: string, at: string): Promise<string> {
  const id = `e-${++sequence}`;
  const start = `2025-${at}+09:00`;
  const end = start.replace(/:\d\d\.\d{3}/, ':59.999');
  const line = [id, 'A1', NUMBER, 'out', NUMBER, to, start, start, end, 'NORMAL_CLEARING'].join(',');
  const path = join(books.home.directory, `${id}.csv`);
  writeFileSync(path, `${HEADER}\n${line}`);
  await books.product.cdr.importFile(path, 'csv', caller());
  const { rows } = await books.product.prepaid.calls('A1' as never, { limit: 500 });
  return rows.find(row => row.callId === id)?.category ?? 'suspense';
}

describe('the emergency numbers are a policy with a date', () => {
  it.each([
    ['110', '03-05T10:00:00.000', '緊急通報'],
    ['184119', '03-05T10:00:00.000', '緊急通報'],
    ['112', '03-05T10:00:00.000', '一般通話'],
    ['112', '03-05T23:59:59.000', '一般通話'],
    ['112', '03-06T00:00:00.000', '緊急通報'],
    ['184-112', '03-06T10:00:00.000', '緊急通報'],
    ['112', '03-05T10:00:00.000', '一般通話'],
    ['110', '03-06T10:00:00.000', '緊急通報'],
    ['1117', '03-05T10:00:00.000', 'IP通話'],
    ['1117', '03-06T10:00:00.000', '緊急通報'],
    ['11170', '03-06T10:00:00.000', 'IP通話'],
  ])('%s called at %s is %s', async (to, at, category) => expect(await categoryOf(to, at)).toBe(category));
});
