import { isAmount, plainAmount, toUnits } from '../ui/money-text.js';

/** An adjustment as it is typed in: which way, and how much. */
export interface AdjustedAmount {
  direction: 'up' | 'down';
  amount: string;
}

/** The amount with its sign, as the API takes it: the same in an approval and in what it approves. */
export const signedAmount = ({ direction, amount }: AdjustedAmount): string =>
  `${direction === 'down' ? '-' : ''}${plainAmount(amount)}`;

/** Whether an amount was typed whose sign is chosen apart from it. */
export const isAmountWithoutSign = (typed: string): boolean => {
  const yen = plainAmount(typed);
  return isAmount(yen) && !yen.startsWith('-');
};

/** What one payment may be. */
export interface Limits {
  readonly least: string;
  readonly most: string;
}

/** Limits as a policy writes them: `1000-5000000`; null when it has none. */
export function limitsIn(policy = ''): Limits | null {
  const [, least, most] = /^(\d+)-(\d+)$/.exec(policy) ?? [];
  return least !== undefined && most !== undefined ? { least, most } : null;
}

/** Whether an amount may be paid: whole yen within the limits. What is no amount is told by another rule. */
export function mayBePaid(typed: string, { least, most }: Limits): boolean {
  const yen = plainAmount(typed);
  if (!isAmount(yen)) return true;
  const units = toUnits(yen);
  return units % toUnits('1') === 0n && units >= toUnits(least) && units <= toUnits(most);
}
