import { type AccountId, Money } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import { debtMoves, lastClearBefore, type Move } from './moves.queries.js';

/** Debts that one look goes through; what was owed longer than that is not named. */
const MOST_DEBTS = 5_000;

interface Owed {
  readonly move: Move;
  left: Money;
}

export interface PaidDebt {
  readonly move: Move;
  readonly amount: Money;
}

const PAYMENT = 'receivable_paid';

/** Takes from the first debts of a list, in its order. @returns what was taken of each */
function settle(debts: readonly Owed[], amount: Money): PaidDebt[] {
  const taken: PaidDebt[] = [];
  let rest = amount;
  for (const debt of debts) {
    const part = Money.min(debt.left, rest);
    if (part <= 0) continue;
    debt.left = Money.subtract(debt.left, part);
    rest = Money.subtract(rest, part);
    taken.push({ move: debt.move, amount: part });
  }
  return taken;
}

/**
 * What each payment of what was owed paid, by its position: the oldest debt first. A reversal takes its own
 * debt away; a payment that returned is a debt without a name until then.
 */
export function paidDebts(moves: readonly Move[]): Map<number, PaidDebt[]> {
  const found = new Map<number, PaidDebt[]>();
  let open: Owed[] = [];
  for (const move of moves) {
    if (move.owed > 0) {
      const debt = { move, left: move.owed };
      open = move.item === PAYMENT ? [debt, ...open] : [...open, debt];
      continue;
    }
    const own = open.filter(({ move: { ref } }) => move.debit !== '' && ref === move.debit).reverse();
    const rest = open.filter(debt => !own.includes(debt));
    const paid = settle([...own, ...rest], Money.negate(move.owed));
    if (move.item === PAYMENT)
      found.set(
        move.position,
        paid.filter(({ move: { item } }) => item !== PAYMENT),
      );
    open = open.filter(({ left }) => left > 0);
  }
  return found;
}

/** As `paidDebts` of the payments among the rows of a page, read from where the account last owed nothing. */
export async function paidOn(
  readModels: ReadModels,
  account: AccountId,
  page: readonly Move[],
): Promise<Map<number, PaidDebt[]>> {
  const payments = page.filter(({ item, owed }) => item === PAYMENT && owed < 0).map(row => row.position);
  if (payments.length === 0) return new Map();
  const after = await lastClearBefore(readModels, account, Math.min(...payments));
  const to = Math.max(...payments);
  const debts = await debtMoves(readModels, account, { after, to, limit: MOST_DEBTS + 1 });
  return debts.length > MOST_DEBTS ? new Map() : paidDebts(debts);
}
