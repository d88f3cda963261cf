import {
  type AccountId,
  type BusinessDay,
  column,
  type Instant,
  type Money,
  type MoneyTotal,
  projection,
  table,
} from '#kernel';
import {
  type DepositEnd,
  type DepositEvent,
  type DepositFileEvent,
  type DepositFormat,
  type DepositOutcome,
  type DepositParkedFor,
  depositOfStream,
  isAmbiguous,
  type VirtualAccountEvent,
} from '#payments';

/**
 * `matched`: found to be the payment of an order. `ambiguous` and `unknown`: they wait for staff. `decided`:
 * staff said what they are. `cancelled`: the bank took them back before anything was booked.
 */
export const DEPOSIT_LISTS = ['matched', 'ambiguous', 'unknown', 'decided', 'cancelled'] as const;
export type DepositList = (typeof DEPOSIT_LISTS)[number];

const depositsTable = table({
  name: 'deposits',
  columns: {
    deposit: 'text',
    list: column.text<DepositList>(),
    /** Why it waits, or waited, for staff. */
    why: column.textOrNull<DepositParkedFor | 'taken_back'>(),
    day: column.integer<BusinessDay>(),
    amount: column.integer<Money>(),
    payer: 'text',
    payer_bank: 'text',
    remark: 'text',
    virtual_account: 'text?',
    number: 'text?',
    format: column.text<DepositFormat>(),
    file: 'text',
    record: 'integer',
    is_cancellation: column.integer<0 | 1>(),
    twin: 'text?',
    account: column.textOrNull<AccountId>(),
    payment: 'text?',
    /** JSON: ids of the orders that it may be the payment of. */
    candidates: 'text',
    ends_as: column.textOrNull<DepositEnd>(),
    outcome: column.textOrNull<DepositOutcome>(),
    lot: 'text?',
    /** Where it goes is decided, and it is yet to be done: the job goes on with it. */
    open: column.integer<0 | 1>(),
    position: 'integer',
  },
  key: ['deposit'],
  indexes: [
    ['list', 'position'],
    ['open', 'deposit'],
  ],
});

const filesTable = table({
  name: 'deposit_files',
  columns: {
    file: 'text',
    name: 'text',
    format: column.text<DepositFormat>(),
    rows: 'integer',
    sum: column.integer<MoneyTotal>(),
    first_day: column.integer<BusinessDay>(),
    last_day: column.integer<BusinessDay>(),
    taken_at: column.integer<Instant>(),
    completed_at: column.integerOrNull<Instant>(),
    fresh: 'integer',
    matched: 'integer',
    ambiguous: 'integer',
    unknown: 'integer',
    cancelled: 'integer',
    position: 'integer',
  },
  key: ['file'],
  indexes: [['position']],
});

const virtualAccountsTable = table({
  name: 'virtual_accounts',
  columns: { number: 'text', account: column.text<AccountId>() },
  key: ['number'],
  indexes: [['account', 'number']],
});

/** What came to the bank account, by file and by deposit. */
export const deposits = projection({
  name: 'deposits',
  version: 1,
  tables: [depositsTable, filesTable, virtualAccountsTable],
  handles: [
    'payments.DepositSeen.v1',
    'payments.DepositMatched.v1',
    'payments.DepositParked.v1',
    'payments.DepositResolved.v1',
    'payments.DepositSettled.v1',
    'payments.DepositTakenBack.v1',
    'payments.DepositFileTaken.v1',
    'payments.DepositFileCompleted.v1',
    'payments.VirtualAccountAssigned.v1',
  ],
  apply({ event, stream, position }, rows) {
    const e = event as DepositEvent | DepositFileEvent | VirtualAccountEvent;
    const key = { deposit: depositOfStream(stream) };
    const file = { file: stream.slice('depositFile-'.length) };
    switch (e.type) {
      case 'DepositSeen':
        rows.insert('deposits', {
          ...{ deposit: e.deposit, list: 'unknown', why: null, day: e.day, amount: e.amount, payer: e.payer },
          ...{ payer_bank: e.payerBank, remark: e.remark, virtual_account: e.virtualAccount },
          ...{ number: e.number, format: e.format, file: e.file, record: e.record, twin: e.twin },
          ...{ is_cancellation: e.isCancellation ? 1 : 0, account: null, payment: null, candidates: '[]' },
          ...{ ends_as: null, outcome: null, lot: null, open: 0, position },
        });
        break;
      case 'DepositMatched': {
        const { payment, account } = e;
        rows.merge('deposits', key, {
          set: { list: 'matched', payment, account, ends_as: 'order', open: 1 },
        });
        break;
      }
      case 'DepositParked': {
        const list = isAmbiguous(e.why) ? 'ambiguous' : 'unknown';
        const candidates = JSON.stringify(e.candidates);
        rows.merge('deposits', key, { set: { list, why: e.why, account: e.account, candidates } });
        break;
      }
      case 'DepositResolved': {
        const { end: ends_as, payment, account } = e;
        // What is only noted keeps what was booked of it before.
        const goes = ends_as === 'noted' ? {} : { payment, account };
        rows.merge('deposits', key, { set: { list: 'decided', ends_as, ...goes, open: 1 } });
        break;
      }
      case 'DepositSettled': {
        const { outcome, lot } = e;
        const booked = outcome === 'noted' ? {} : { lot };
        rows.merge('deposits', key, { set: { outcome, ...booked, open: 0 } });
        break;
      }
      case 'DepositTakenBack':
        rows.merge('deposits', key, {
          set: e.wasBooked ? { list: 'unknown', why: 'taken_back', open: 0 } : { list: 'cancelled', open: 0 },
        });
        break;
      case 'DepositFileTaken':
        rows.insert('deposit_files', {
          ...{ file: e.file, name: e.name, format: e.format, rows: e.rows, sum: e.sum },
          ...{ first_day: e.from, last_day: e.to, taken_at: e.at, completed_at: null },
          ...{ fresh: 0, matched: 0, ambiguous: 0, unknown: 0, cancelled: 0, position },
        });
        break;
      case 'DepositFileCompleted': {
        const { rows: _rows, ...counts } = e.counts;
        rows.merge('deposit_files', file, { set: { completed_at: e.at, ...counts } });
        break;
      }
      case 'VirtualAccountAssigned':
        rows.insert('virtual_accounts', { number: e.number, account: e.account });
        break;
    }
  },
});
