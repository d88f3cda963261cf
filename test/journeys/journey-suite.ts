import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Money } from '#kernel';
import type { OpenStage, Stage } from '../support/stages.js';
import {
  ACCOUNTS,
  audits,
  close,
  holdAndRelease,
  importCalls,
  live,
  printedStatement,
  seen,
  TIMES,
} from './provider-month.js';

/**
 * The end of the month. A1 has the calls of the printed statement; each of the others made five calls of
 * 8 yen and five of 16, 132 yen with tax, out of 4,150.
 */
const expected = (): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/provider-month/expected.json'), 'utf8'));

/**
 * A provider's month as its client meets it, whatever the product stands on and whatever happens to it
 * meanwhile: charge, call, import, close, prove. Every way of running passes it unchanged, and ends with the
 * same balances, invoices, trial balance and events. What may differ when a server dies in the middle of a
 * request (who closed, how many lines were duplicates) is stated as what must hold in all of them.
 */
export function journeySuite(name: string, open: OpenStage): void {
  describe(`a provider's month: ${name}`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await open(TIMES.live);
    }, 60_000);
    afterAll(() => stage.end());

    it('opens accounts, charges, holds for calls and settles them', () => live(stage.client), 60_000);

    it('sets funds aside, and never beyond what there is', async () => {
      const { before, held, refused, after } = await holdAndRelease(stage.client, 'A1', '150000.5');
      expect(before).toMatchObject({ posted: '200000', held: '0', available: '200000' });
      expect(held).toMatchObject({ posted: '200000', held: '150000.5', available: '49999.5' });
      expect([refused.status, refused.json['code']]).toEqual([422, 'INSUFFICIENT_FUNDS']);
      expect(after).toEqual(before);
    }, 60_000);

    it('imports the calls of the month from one file, each once', async () => {
      await stage.moveTo(TIMES.import);
      const first = await importCalls(stage.client, 'import');
      const { charged = 0, noted = 0, duplicates = 0 } = first;
      expect(charged + noted + duplicates).toBe(6_152);
      expect(first).toMatchObject({ read: 6_152, suspended: 0, skipped: 0 });
    }, 150_000);

    it('finds the calls to a number however it is written', async () => {
      const found = async (callee: string) => {
        const query = `limit=1&callee=${encodeURIComponent(callee)}`;
        return (await stage.client.get(`/accounts/${ACCOUNTS[1]}/calls?${query}`, 60_000))['total'];
      };
      await expect(found('0312345678')).resolves.toMatchObject({ calls: 5 });
      for (const way of ['03-1234-5678', '+81 3 1234', '0081312345678', '０３１２３４'])
        expect(await found(way)).toEqual(await found('0312345678'));
    }, 60_000);

    it('closes the month once, whoever asks and how many ask', async () => {
      await stage.moveTo(TIMES.close);
      const dry = await close(stage.client, 'dry', true);
      const both = await Promise.all([close(stage.client, 'first'), close(stage.client, 'second')]);
      const again = await close(stage.client, 'third');
      for (const { total } of [...both, again]) expect(total).toBe(dry.total);
      expect(again.accounts.map(({ account, outcome }) => [account, outcome])).toEqual(
        ACCOUNTS.toSorted().map(account => [account, 'already_closed']),
      );
    }, 150_000);

    provenMonth(() => stage);
  });
}

function provenMonth(onStage: () => Stage): void {
  it('ends with the balances, invoices, trial balance and events of every other way of running', async () => {
    const { client, calm } = onStage();
    await calm();
    const end = await seen(client);
    expect(end).toEqual(expected());
    expect(end.statements[0]).toEqual(printedStatement());
    for (const { debit, credit } of end.trialBalances) expect(debit).toBe(credit);
    // Of the account of the fixture every yen is in the wallet or on the invoice.
    const [{ posted }] = end.balances as [{ posted: string }];
    const invoice = (end.invoices as { account: string; total: string; net: string }[]).find(
      ({ account }) => account === 'A1',
    );
    expect(invoice).toMatchObject({ net: '128916' });
    expect(Money.text(Money.add(Money.of(posted), Money.of(invoice!.total)))).toBe('200000');
  }, 60_000);

  it('proves the books', async () => {
    const { client, look } = onStage();
    // The whole file once more, when its month is closed: every call is known.
    expect(await importCalls(client, 'import-again')).toMatchObject({
      ...{ read: 6_152, charged: 0, noted: 0, duplicates: 6_152 },
    });
    expect(await audits.reconcile(client)).toEqual([]);
    expect(await audits.verify(client)).toMatchObject({ ok: true, problems: [] });
    expect(await audits.replay(client)).toMatchObject({ ok: true, problems: [] });
    const asOf = '2025-10-15T12:00:00.000+09:00';
    expect(await audits.replay(client, asOf)).toMatchObject({ ok: true, problems: [] });
    const tree = await audits.explain(client, '202510-000001');
    expect((tree['causes'] as unknown[]).length).toBeGreaterThan(1);
    expect((await look(product => product.audit.rebuild())).projections).toBeGreaterThan(8);
  }, 120_000);
}
