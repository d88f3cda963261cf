import { Money, type ProblemKind } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import type { Difference } from './closing.shapes.js';
import { differing, saying } from './reconcile-problems.js';

/** So many differences of one kind are told; where there are more, something is wrong with all of them. */
const MOST_TOLD = 100;

interface Found {
  readonly account: string | null;
  /** The payment, the deposit or the parked money. */
  readonly of: string;
  readonly amount: Money;
  readonly found: Money | null;
}

const told =
  (check: string, kind: ProblemKind<string, `${string}{of}${string}`>) =>
  ({ account, of, amount, found }: Found): Difference => ({
    ...{ check, account, ...saying(kind, { of }) },
    ...{ expected: Money.text(amount), found: Money.text(found ?? Money.zero), positions: [] },
  });

/** Accepted payments whose lot is not there, or of another amount. */
const paymentsWithoutLot = ({ db }: ReadModels): Promise<Found[]> =>
  db
    .selectFrom('payments')
    .leftJoin('lots', join =>
      join.onRef('lots.account', '=', 'payments.account').onRef('lots.lot', '=', 'payments.lot'),
    )
    .select(['payments.account', 'payments.payment as of', 'payments.amount', 'lots.credited as found'])
    .where('payments.phase', '=', 'completed')
    .where(({ eb, or }) =>
      or([eb('lots.credited', 'is', null), eb('lots.credited', '!=', eb.ref('payments.amount'))]),
    )
    .orderBy('payments.position')
    .limit(MOST_TOLD)
    .execute();

/** Parked money that staff credited, whose lot is not there, or of another amount. */
const creditsWithoutLot = ({ db }: ReadModels): Promise<Found[]> =>
  db
    .selectFrom('parked_money')
    .innerJoin('payments', 'payments.payment', 'parked_money.payment')
    .leftJoin('lots', join =>
      join.onRef('lots.account', '=', 'payments.account').onRef('lots.lot', '=', 'parked_money.parked'),
    )
    .select(['payments.account', 'parked_money.parked as of', 'parked_money.amount'])
    .select('lots.credited as found')
    .where('parked_money.ends_as', '=', 'credited')
    .where('parked_money.settling', '=', 0)
    .where(({ eb, or }) =>
      or([eb('lots.credited', 'is', null), eb('lots.credited', '!=', eb.ref('parked_money.amount'))]),
    )
    .orderBy('parked_money.position')
    .limit(MOST_TOLD)
    .execute();

/** Deposits that were booked as lots which are not there, or of another amount. */
const depositsWithoutLot = ({ db }: ReadModels): Promise<Found[]> =>
  db
    .selectFrom('deposits')
    .leftJoin('lots', join =>
      join.onRef('lots.account', '=', 'deposits.account').onRef('lots.lot', '=', 'deposits.lot'),
    )
    .select(['deposits.account', 'deposits.deposit as of', 'deposits.amount', 'lots.credited as found'])
    .where('deposits.outcome', '=', 'lot')
    .where(({ eb, or }) =>
      or([eb('lots.credited', 'is', null), eb('lots.credited', '!=', eb.ref('deposits.amount'))]),
    )
    .orderBy('deposits.position')
    .limit(MOST_TOLD)
    .execute();

/** Deposits that wait at their payment, and are not parked there with their amount. */
const depositsNotParked = ({ db }: ReadModels): Promise<Found[]> =>
  db
    .selectFrom('deposits')
    .leftJoin('parked_money', join =>
      join.onRef('parked_money.reference', '=', 'deposits.deposit').on('parked_money.gateway', '=', 'bank'),
    )
    .select(['deposits.account', 'deposits.deposit as of', 'deposits.amount'])
    .select('parked_money.amount as found')
    .where('deposits.outcome', '=', 'parked')
    .where(({ eb, or }) =>
      or([eb('parked_money.amount', 'is', null), eb('parked_money.amount', '!=', eb.ref('deposits.amount'))]),
    )
    .orderBy('deposits.position')
    .limit(MOST_TOLD)
    .execute();

/** Lots of transfers to our own account of which no deposit tells. */
async function lotsWithoutDeposit({ db }: ReadModels): Promise<Found[]> {
  const rows = await db
    .selectFrom('payments')
    .leftJoin('deposits', 'deposits.lot', 'payments.lot')
    .select(['payments.account', 'payments.payment as of', 'payments.amount'])
    .where('payments.phase', '=', 'completed')
    .where('payments.lot', 'like', '%.bank')
    .where('deposits.deposit', 'is', null)
    .orderBy('payments.position')
    .limit(MOST_TOLD)
    .execute();
  return rows.map(row => ({ ...row, found: null }));
}

/** Deposits that the bank took back after they were booked: staff have yet to look at them. */
async function takenBack({ db }: ReadModels): Promise<Found[]> {
  const rows = await db
    .selectFrom('deposits')
    .select(['account', 'deposit as of', 'amount'])
    .where('list', '=', 'unknown')
    .where('why', '=', 'taken_back')
    .orderBy('position')
    .limit(MOST_TOLD)
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: Money.zero, found: amount }));
}

/**
 * Every yen that came in, at a gateway or at the bank, is a lot, is parked, or went back: payments and
 * deposits are compared with lots and with what is parked, one by one. Of all months: money has none.
 */
export async function receivedAgainstLots(readModels: ReadModels): Promise<Difference[]> {
  return [
    ...(await paymentsWithoutLot(readModels)).map(told('payment-lot', differing.PAYMENT_LOT)),
    ...(await creditsWithoutLot(readModels)).map(told('parked-lot', differing.PARKED_LOT)),
    ...(await depositsWithoutLot(readModels)).map(told('deposit-lot', differing.DEPOSIT_LOT)),
    ...(await depositsNotParked(readModels)).map(told('deposit-parked', differing.DEPOSIT_PARKED)),
    ...(await lotsWithoutDeposit(readModels)).map(told('lot-deposit', differing.LOT_DEPOSIT)),
    ...(await takenBack(readModels)).map(told('deposit-taken-back', differing.DEPOSIT_TAKEN_BACK)),
  ];
}
