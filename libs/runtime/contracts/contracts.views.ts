import { type Book, type Buyer, bookRefusals, type Contract, isAccountOnly, type Order } from '#contracts';
import { Instant, type Rejection, rejected, rejection } from '#kernel';
import { walletRefusals } from '#ledger';
import type { PolicyState } from '#policies';
import type { Answer } from '../product.views.js';
import { refusalView } from './contract-lists.js';
import type { OrderView } from './contracts.shapes.js';
import { lineViews, totalsOf } from './order-costs.js';
import { shipmentViews } from './shipments.view.js';

// What is told of orders and contracts, and to whom.

/** The one circle that asks, or is asked about; without it all of the account is seen. */
export type Seen = string | undefined;
type Refused = Extract<Answer<never>, { kind: 'rejected' }>;

/** To one circle the contracts of all others are as absent. */
export function strangeTo(book: Book, seen: Seen, contracts: readonly string[]): Refused | undefined {
  if (seen === undefined) return undefined;
  const contract = contracts.find(id => book.contracts.get(id)?.circle !== seen);
  return contract === undefined ? undefined : rejected(bookRefusals.NO_SUCH_CONTRACT, { contract });
}

/** Of an order for a circle, what the account bought for itself along with it is not the circle's to know. */
export function orderView(
  { book, policies }: { readonly book: Book; readonly policies: PolicyState },
  all: Order,
  seen: Seen,
): OrderView {
  const isSeen = (contract: Contract) => seen === undefined || contract.circle === seen;
  const lines = seen === undefined ? all.lines : all.lines.filter(line => !isAccountOnly(line));
  const of = { ...all, lines };
  const { order, circle, state, placedAt, priceList, priceVersion } = of;
  const refusal = all.refusal && refusalView(all.refusal);
  const contracts = [...book.contracts.values()].filter(one => one.order === order && isSeen(one));
  const cancelled = of.cancels.map(contract => book.contracts.get(contract)!).filter(isSeen);
  return {
    ...{ order, account: book.account!, circle, state, priceList, priceVersion },
    refusal:
      seen === undefined ? refusal : refusal && { code: codeTo('circle', refusal.code), missing: null },
    placedAt: Instant.text(placedAt),
    lines: lineViews(lines, cancelled),
    ...totalsOf(of, policies),
    contracts: contracts.map(({ contract }) => contract),
    shipments: shipmentViews(book, order),
  };
}

/** How much the account has is not a circle's to know. */
const isHidden = (by: Buyer, code: string): boolean =>
  by === 'circle' && code === walletRefusals.INSUFFICIENT_FUNDS.code;
const codeTo = (by: Buyer, code: string): string =>
  isHidden(by, code) ? bookRefusals.ACCOUNT_FUNDS_SHORT.code : code;
export const saidTo = (by: Buyer, why: Rejection): Rejection =>
  isHidden(by, why.code) ? rejection(bookRefusals.ACCOUNT_FUNDS_SHORT) : why;

export const shortOf = (by: Buyer, required: string, free: string): Rejection =>
  saidTo(by, rejection(walletRefusals.INSUFFICIENT_FUNDS, { required, available: free }));
