import {
  assertNever,
  BusinessMonth,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  rejected,
} from '#kernel';

/** Events of `invoiceNumbers-<yyyy-mm>`: the numbers of one issuer and billing month, gapless from 1. */
export const numberingEvents = defineEvents(
  { context: 'invoicing', stream: 'invoiceNumbers-<yyyy-mm>' },
  {
    InvoiceNumberAssigned: event(
      {
        month: fact.month,
        account: fact.text,
        /** e.g. `202510-000001`. */
        number: fact.text,
      },
      {
        word: { ja: '請求書番号を割り当てた。', en: 'The account has this invoice number for the month.' },
        sentence: {
          ja: 'アカウント {account} の {month} に請求書番号 {number} を割り当てた。',
          en: 'Account {account} has invoice number {number} for {month}.',
        },
      },
    ),
  },
);
export type NumberingEvent = EventOf<typeof numberingEvents>;

export type NumberingCommand = {
  readonly type: 'AssignNumber';
  readonly now: Instant;
  readonly month: BusinessMonth;
  readonly account: string;
};

/** In the order in which they are tested. */
export const numberingRefusals = defineRefusals({
  OTHER_MONTH: {
    status: 409,
    ja: 'この記録は別の月（{month}）のものです。',
    en: 'This stream belongs to another month, {month}.',
  },
  NUMBERS_EXHAUSTED: {
    status: 409,
    ja: 'この月の請求書番号999,999件はすべて使用済みです。',
    en: 'All 999,999 invoice numbers of this month are taken.',
  },
});

/** Why a command may have nothing to do. */
const numberingUnchanged = defineUnchanged({
  NUMBER_ASSIGNED_BEFORE: {
    ja: 'このアカウントのこの月の請求書番号は、既に決まっています。',
    en: 'the account has its number of this month',
  },
});
export type NumberingRejection = CodeOf<typeof numberingRefusals>;

/** Grows by one entry per invoice of the month: it is what makes a second run meet the same numbers. */
export interface NumberingState {
  month: BusinessMonth | null;
  last: number;
  readonly numbers: Map<string, string>;
}

/** Six digits: more invoices of one month would no longer sort by number. */
const LARGEST = 999_999;

export const invoiceNumbersStream = (month: BusinessMonth): string =>
  `invoiceNumbers-${BusinessMonth.text(month)}`;

/** `202510-000001`. */
export const invoiceNumber = (month: BusinessMonth, serial: number): string =>
  `${BusinessMonth.text(month).replace('-', '')}-${String(serial).padStart(6, '0')}`;

/** The number given to an account in this month, if any: how a repeated close finds it again. */
export const numberOf = (state: NumberingState, account: string): string | undefined =>
  state.numbers.get(account);

function assign(command: NumberingCommand, state: NumberingState) {
  if (state.month !== null && state.month !== command.month) {
    return rejected(numberingRefusals.OTHER_MONTH, {
      month: BusinessMonth.text(state.month),
    });
  }
  if (state.numbers.has(command.account)) return nothing(numberingUnchanged.NUMBER_ASSIGNED_BEFORE);
  if (state.last === LARGEST) return rejected(numberingRefusals.NUMBERS_EXHAUSTED);
  return happened<NumberingEvent>({
    type: 'InvoiceNumberAssigned',
    at: command.now,
    month: command.month,
    account: command.account,
    number: invoiceNumber(command.month, state.last + 1),
  });
}

const fresh = (): NumberingState => ({ month: null, last: 0, numbers: new Map() });

/**
 * Stream order makes the numbers gapless: the exact expected revision lets one writer at a time take the next
 * one.
 */
export const numbering: Decider<NumberingCommand, NumberingEvent, NumberingState, NumberingRejection> = {
  name: 'invoiceNumbers',
  fresh,
  decide(command, state) {
    switch (command.type) {
      case 'AssignNumber':
        return assign(command, state);
      default:
        return assertNever(command.type);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'InvoiceNumberAssigned':
        state.month = event.month;
        state.last += 1;
        state.numbers.set(event.account, event.number);
        return state;
      default:
        return assertNever(event.type);
    }
  },
};
