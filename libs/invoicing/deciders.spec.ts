import { BusinessMonth, type Decider, Instant, Money, type Outcome } from '#kernel';
import { document002Usage, october, request, sampleInvoice } from '../../test/support/invoices.js';
import {
  accountsLeft,
  type CloseRunCommand,
  closeRun,
  closeRunRefusals,
  closeRunStream,
} from './close-run.js';
import { composeInvoice } from './compose-invoice.js';
import { invoice, invoiceEvents, invoiceRefusals, invoiceStream } from './invoice.js';
import { invoiceDocument, invoiceJson } from './invoice-document.js';
import { invoiceNumbersStream, numbering, numberingRefusals, numberOf } from './numbering.js';

const now = Instant.parse('2025-11-01T03:00:00.000+09:00');
const later = Instant.parse('2025-11-01T04:00:00.000+09:00');

/** Decides the commands one after another and folds what happened. */
function run<C, E, S, R extends string>(decider: Decider<C, E, S, R>, ...commands: C[]) {
  let state = decider.fresh();
  const outcomes: Outcome<E, R>[] = [];
  for (const command of commands) {
    const outcome = decider.decide(command, state);
    outcomes.push(outcome);
    if (outcome.kind === 'events') for (const event of outcome.events) state = decider.evolve(state, event);
  }
  return { state, outcomes, last: outcomes.at(-1)! };
}

const codeOf = <E, R extends string>(outcome: Outcome<E, R>): string =>
  outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;

describe('an invoice', () => {
  const document = sampleInvoice();
  const issueInvoice = { type: 'IssueInvoice', now, document } as const;

  it('is issued whole', () => {
    const { last } = run(invoice, issueInvoice);
    expect(last).toEqual({ kind: 'events', events: [{ type: 'InvoiceIssued', at: now, document }] });
    expect(invoiceStream(document.number)).toBe('invoice-202510-000001');
  });

  it('is issued once, however often and however late it is asked for', () => {
    const again = invoiceDocument(
      composeInvoice(request(document002Usage(), { incomingDiscountPerMinute: Money.of('0.5') })),
      '202510-000001',
    );
    expect(codeOf(run(invoice, issueInvoice, { ...issueInvoice, now: later, document: again }).last)).toBe(
      'nothing',
    );
  });

  it('is never edited (J-02)', () => {
    const other = { ...document, total: '132122' };
    const { last, state } = run(invoice, issueInvoice, { ...issueInvoice, document: other });
    expect(last).toMatchObject({
      rejection: { code: 'INVOICE_ALREADY_ISSUED', details: { number: document.number } },
    });
    expect(state).toEqual({ phase: 'issued', document });
    expect(Object.keys(invoiceRefusals)).toEqual(['INVOICE_ALREADY_ISSUED']);
  });
});

describe('invoice numbers', () => {
  const assign = (account: string, month = october) =>
    ({ type: 'AssignNumber', now, month, account }) as const;

  it('are gapless and one per account', () => {
    const { state, outcomes } = run(numbering, assign('A1'), assign('B2'), assign('A1'), assign('C3'));
    expect(outcomes.map(codeOf)).toEqual(['events', 'events', 'nothing', 'events']);
    expect(['A1', 'B2', 'C3', 'D4'].map(account => numberOf(state, account))).toEqual([
      '202510-000001',
      '202510-000002',
      '202510-000003',
      undefined,
    ]);
    expect(invoiceNumbersStream(october)).toBe('invoiceNumbers-2025-10');
  });

  it('of one month stay in its stream', () => {
    const november = BusinessMonth.plus(october, 1);
    expect(codeOf(run(numbering, assign('A1'), assign('B2', november)).last)).toBe('OTHER_MONTH');
  });

  it('end at 999,999', () => {
    const { state } = run(numbering, assign('A1'));
    state.last = 999_999;
    expect(codeOf(numbering.decide(assign('B2'), state))).toBe('NUMBERS_EXHAUSTED');
    expect(codeOf(numbering.decide(assign('A1'), state))).toBe('nothing');
    expect(Object.keys(numberingRefusals)).toEqual(['OTHER_MONTH', 'NUMBERS_EXHAUSTED']);
  });
});

describe('the close of a month', () => {
  const begin: CloseRunCommand = { type: 'StartCloseRun', now, month: october, by: 'staff:tanaka' };
  const closed = (account: string, invoiceNumber: string | null, total: string): CloseRunCommand => ({
    type: 'RecordAccountClosed',
    now,
    account,
    invoice: invoiceNumber,
    total: Money.of(total),
  });
  const complete = (...accounts: string[]): CloseRunCommand => ({
    type: 'CompleteCloseRun',
    now: later,
    accounts,
  });

  it('counts accounts, invoices and their total', () => {
    const { last } = run(
      closeRun,
      begin,
      closed('A1', 'n-1', '100'),
      closed('B2', null, '0'),
      complete('A1', 'B2'),
    );
    expect(last).toEqual({
      kind: 'events',
      events: [{ type: 'CloseRunCompleted', at: later, accounts: 2, invoices: 1, total: Money.of('100') }],
    });
    expect(closeRunStream(october)).toBe('closeRun-2025-10');
  });

  it('goes on where it broke off', () => {
    const { state, last } = run(closeRun, begin, closed('A1', 'n-1', '100'), {
      ...begin,
      now: later,
      by: 'job:close',
    });
    expect(codeOf(last)).toBe('nothing');
    expect(accountsLeft(state, ['A1', 'B2', 'C3'])).toEqual(['B2', 'C3']);
    expect(codeOf(closeRun.decide(complete('A1', 'B2'), state))).toBe('ACCOUNTS_NOT_CLOSED');
  });

  it('run twice changes nothing', () => {
    const once = [begin, closed('A1', 'n-1', '100'), complete('A1')];
    expect(run(closeRun, ...once, ...once).outcomes.map(codeOf)).toEqual([
      ...['events', 'events', 'events'],
      ...['nothing', 'nothing', 'nothing'],
    ]);
  });

  it('takes in an account that turns up late, and completes again', () => {
    const { last } = run(
      closeRun,
      begin,
      closed('A1', 'n-1', '100'),
      complete('A1'),
      closed('B2', 'n-2', '5'),
      complete('B2'),
    );
    expect(last).toMatchObject({ events: [{ accounts: 2, invoices: 2, total: Money.of('105') }] });
  });

  it.each<[keyof typeof closeRunRefusals, CloseRunCommand[]]>([
    ['OTHER_MONTH', [begin, { ...begin, month: BusinessMonth.plus(october, 1) } as CloseRunCommand]],
    ['CLOSE_RUN_NOT_STARTED', [closed('A1', 'n-1', '100')]],
    ['CLOSE_RUN_NOT_STARTED', [complete('A1')]],
    ['CLOSED_WITH_ANOTHER_RESULT', [begin, closed('A1', 'n-1', '100'), closed('A1', 'n-1', '101')]],
    ['CLOSED_WITH_ANOTHER_RESULT', [begin, closed('A1', 'n-1', '100'), closed('A1', null, '100')]],
    ['INVOICE_OF_ANOTHER_ACCOUNT', [begin, closed('A1', 'n-1', '100'), closed('B2', 'n-1', '5')]],
    ['ACCOUNTS_NOT_CLOSED', [begin, closed('A1', 'n-1', '100'), complete('A1', 'B2')]],
  ])('%s', (code, commands) => expect(codeOf(run(closeRun, ...commands).last)).toBe(code));
});

describe('an invoice in the log', () => {
  it('is the paper that was decided', () => {
    const document = sampleInvoice(3);
    const { type, data } = invoiceEvents.codec.encode({ type: 'InvoiceIssued', at: now, document });
    const back = invoiceEvents.codec.decode(type, JSON.parse(JSON.stringify(data)));
    expect(invoiceJson(back.document)).toBe(invoiceJson(document));
  });
});
