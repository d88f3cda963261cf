import { BusinessMonth, Money } from '#kernel';
import { october } from '../../test/support/invoices.js';
import {
  accountsLeft,
  type CloseRunCommand,
  closeRun,
  closeRunRefusals,
  closeRunStream,
} from './close-run.js';
import { codeOf, later, now, run } from './deciders.fixture.js';

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
