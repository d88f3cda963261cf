import { type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Explanation } from './audit.shapes.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

async function explain(id: string): Promise<Explanation> {
  const found = await books.product.audit.explain(id, { log: true });
  if (!found) throw new Error(`${id} is not explained`);
  return found;
}
const everyNode = (node: Explanation): Explanation[] => [node, ...node.causes.flatMap(everyNode)];

describe('an amount and its causes', () => {
  it('of an invoice are its lines, and of a usage line the calls', async () => {
    const invoice = await explain('202501-000001');
    expect(invoice).toMatchObject({
      amount: '26',
      facts: { net: '24', tax: '2', taxRounding: 'half_up', 'standard 10%': 'net 24, tax 2' },
      events: [{ type: 'invoicing.InvoiceIssued.v1', stream: 'invoice-202501-000001' }],
      causes: [{ amount: '24', facts: { calls: '2', sumOfCalls: '24' } }],
    });
    expect(invoice.causes[0]!.causes.map(cause => [cause.id, cause.amount])).toEqual([
      ['c1', '8'],
      ['c3', '16'],
    ]);
  });

  it('are asked by account and month too', async () =>
    expect(await explain('A1@2025-01')).toEqual(await explain('202501-000001')));

  it('of a call are the tariff row, in figures, and the lots it drew', async () => {
    expect(await explain('c3')).toMatchObject({
      id: 'c3',
      amount: '16',
      facts: {
        charged: '360 s in 2 increments',
        arithmetic: '8 x 360 / 180 = 16',
        tax: '16 x 10% = 1.6',
        billingMonth: '2025-01',
      },
      events: [{ type: 'ledger.CallCharged.v1', stream: 'wallet-A1_2025-01' }],
      causes: [
        { id: 'tariff std version 1 line 2', facts: { price: '8', per_s: '180', prefix: '03' } },
        { id: 'L1', amount: '17.6', facts: { method: 'card', credited: '1000', expires: '2025-06-30' } },
      ],
    });
  });

  it('of a call over the edge of a band are all rows that priced it, each with its share', async () => {
    const name = 'bands.csv';
    const text = [
      'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from,' +
        'from_time,to_time',
      'std,03,Tokyo,一般通話,3,50,60,60,60,2020-01-01,08:00,18:00',
      'std,0,Japan,一般通話,0,5,60,60,60,2020-01-01,,',
    ].join('\n');
    const caller = { actor: { id: 'staff:tanaka', reason: 'bands' }, commandId: 'bands' };
    await books.product.catalogue.importTariffCsv(name, text, caller);
    const at = '2025-03-08T17:58:00.000+09:00';
    await books.api.calls({ id: 'edge', account: 'A1', to: '03-1234-5678', at, seconds: 240 }).done();
    const found = await explain('edge');
    expect(found).toMatchObject({
      amount: '113',
      facts: { arithmetic: '3 + 50 x 120 / 60 + 5 x 120 / 60 = 113' },
    });
    expect(found.causes.map(cause => cause.id).slice(0, 2)).toEqual([
      'tariff std version 2 line 2',
      'tariff std version 2 line 3',
    ]);
  });

  it('of a call that was not covered name what is owed', async () =>
    expect(await explain('b1')).toMatchObject({ facts: { owed: '8.8' }, causes: [{ id: /tariff/ }] }));

  it.each([
    ['a call that cost nothing', 'c2', 'ledger.CallNoted.v1', null],
    ['a lot', 'L1', 'ledger.LotCredited.v1', '1000'],
    ['an adjustment', 'adj-1', 'ledger.Adjusted.v1', '-12.5'],
    ['a reversal', 'r1', 'ledger.DebitReversed.v2', null],
    ['a position', '#1', 'contracts.TariffPublished.v1', null],
    ['a command', 'journey-2', 'contracts.NumberAssigned.v1', null],
  ])('of %s are found by its id', async (_what, id, type, amount) => {
    const found = await explain(id);
    expect(found).toMatchObject({ amount, events: [{ type }] });
    expect(found.facts).toMatchObject({ actor: 'staff:tanaka', recordedAt: expect.any(String) });
  });

  it('lead to events that are there: position, stream and hash', async () => {
    const known = new Map<number, { stream: string; type: string; hash: string }>();
    for await (const line of books.product.audit.export('jsonl', { withSecrets: true })) {
      const event = JSON.parse(line) as { position: number; stream: string; type: string; hash: string };
      known.set(event.position, event);
    }
    for (const id of ['202501-000001', 'c1', 'c2', 'c4', 'late', 'L1', 'adj-1', 'r1', '#5']) {
      for (const { events } of everyNode(await explain(id)))
        for (const { position, ...rest } of events) {
          const { stream, type, hash } = known.get(position)!;
          expect({ position, ...rest }).toEqual({ position, stream, type, hash });
        }
    }
  });

  it.each(['nothing', '#0', '#999999', 'A1@2024-01', 'nobody@2025-01', ''])(
    'of "%s" there are none',
    async id => expect(await books.product.audit.explain(id, { log: true })).toBeUndefined(),
  );
});
