import {
  type Contract,
  contractIdOf,
  deviceIdOf,
  dueNow,
  isDevice,
  type Measured,
  type Order,
  type OrderLine,
} from '#contracts';
import {
  BusinessDay,
  BusinessMonth,
  Instant,
  Money,
  type Sentence,
  type TaxCategory,
  taxOf,
  taxOfDebit,
} from '#kernel';
import type { Fee } from '#ledger';
import type { PolicyState } from '#policies';
import { taxRateOf } from '../engine/facts.js';
import type { OrderLineView } from './contracts.shapes.js';

type Lines = Pick<Order, 'order' | 'lines' | 'placedAt'>;

/** 00:00:01 on the 1st (PRX-04). */
export const feesAt = (month: BusinessMonth): Instant => Instant.plusMs(BusinessMonth.start(month), 1000);

/** A fee, and how the invoice tells of it. */
export interface ContractFee extends Fee {
  readonly name: Sentence;
  /** `part`: of a month. */
  readonly of: 'month' | 'part' | 'initial' | 'once' | Measured['what'];
  /** Net, of the whole. */
  readonly unitPrice: Money;
  /** Of a part of a month: `15/30`; else empty. */
  readonly days: string;
}

/** What an order debits: an initial and a first monthly fee per unit, in the order of its lines. */
export function feesOf({ order, lines, placedAt }: Lines, policies: PolicyState): ContractFee[] {
  const day = BusinessDay.of(placedAt);
  const month = BusinessMonth.text(BusinessMonth.of(placedAt));
  const fees: ContractFee[] = [];
  let contracts = 0;
  lines.forEach((line, at) => {
    const { nameJa, nameEn, taxCategory, monthly, firstMonth, initial, quantity } = line;
    const name = { ja: nameJa, en: nameEn };
    const taxed = { taxCategory, taxRate: taxRateOf(policies, taxCategory, day) };
    for (let unit = 1; unit <= quantity; unit++) {
      if (monthly === null) {
        // Nothing goes on of what is bought once.
        const debit = deviceIdOf(order, at + 1, unit);
        const kind = isDevice(line) ? 'device' : 'other';
        const net = initial ?? Money.zero;
        fees.push({
          debit,
          kind,
          category: nameJa,
          ...taxed,
          net,
          name,
          of: 'once',
          unitPrice: net,
          days: '',
        });
        continue;
      }
      const contract = contractIdOf(order, ++contracts);
      if (initial !== null)
        fees.push({
          debit: `${contract}-initial`,
          kind: 'other',
          category: `初期費用 ${nameJa}`,
          ...taxed,
          net: initial,
          ...{ name, of: 'initial', unitPrice: initial, days: '' },
        });
      const whole = monthlyFee({ contract, name, month }, taxed, monthly);
      const isPart = firstMonth !== null && firstMonth !== monthly;
      fees.push(isPart ? { ...whole, net: firstMonth, of: 'part', days: daysOf(day) } : whole);
    }
  });
  return fees;
}

/** The days of its first month of what begins on a day, as `15/30`. */
function daysOf(day: BusinessDay): string {
  const month = BusinessMonth.ofDay(day);
  return `${BusinessMonth.lastDay(month) - day + 1}/${BusinessMonth.days(month)}`;
}

/** One contract, one month, one debit of this name, for ever. */
export const monthlyFee = (
  of: { readonly contract: string; readonly name: Sentence; readonly month: string },
  taxed: { readonly taxCategory: TaxCategory; readonly taxRate: number },
  net: Money,
): ContractFee => ({
  ...{ debit: `${of.contract}-${of.month}`, kind: 'recurring', category: of.name.ja, ...taxed, net },
  ...{ name: of.name, of: 'month', unitPrice: net, days: '' },
});

/** With the tax of each debit: what must be there when the order is confirmed. */
export const grossOf = (fees: readonly Fee[]): Money =>
  Money.sum(fees.map(({ net, taxRate }) => Money.add(net, taxOfDebit(net, taxRate))));

const times = (price: Money | null, quantity: number): Money =>
  Money.times(price ?? Money.zero, String(quantity), 'half_up');

/** The rows of the cart (CRT-02): a monthly and an initial fee of a product are separate ones (HIS-01). */
export function lineViews(
  lines: readonly OrderLine[],
  cancelled: readonly Pick<Contract, 'product' | 'nameJa' | 'nameEn' | 'number'>[] = [],
): OrderLineView[] {
  const views: Omit<OrderLineView, 'no'>[] = [];
  for (const line of lines) {
    const { product, nameJa, nameEn, monthly, firstMonth, initial, proRated, quantity, numbers } = line;
    const common = { product, nameJa, nameEn, quantity, numbers };
    if (monthly !== null)
      views.push({
        ...common,
        class: 'monthly',
        unitPrice: Money.text(monthly),
        proRated,
        subtotal: Money.text(times(monthly, quantity)),
        contractMonth: Money.text(times(firstMonth, quantity)),
      });
    if (initial === null) continue;
    const subtotal = Money.text(times(initial, quantity));
    views.push({
      ...common,
      class: monthly === null ? 'device' : 'initial',
      unitPrice: Money.text(initial),
      proRated: false,
      subtotal,
      contractMonth: subtotal,
    });
  }
  // A cancellation is free (CAN-14).
  for (const { product, nameJa, nameEn, number } of cancelled)
    views.push({
      ...{ product, nameJa, nameEn, class: 'cancel', quantity: 1, numbers: number === null ? [] : [number] },
      ...{ unitPrice: '0', proRated: false, subtotal: '0', contractMonth: '0' },
    });
  return views.map((view, at) => ({ no: at + 1, ...view }));
}

interface Invoice {
  readonly month: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
}

/** Net by tax category, its tax rounded once per rate to whole yen, half-up (CRT-08, DECISIONS: Money). */
function invoiceOf(month: BusinessMonth, nets: Map<TaxCategory, Money>, policies: PolicyState): Invoice {
  const day = BusinessMonth.lastDay(month);
  const byRate = new Map<number, Money>();
  for (const [category, net] of nets) {
    const rate = taxRateOf(policies, category, day);
    byRate.set(rate, Money.add(byRate.get(rate) ?? Money.zero, net));
  }
  const taxes = [...byRate].map(([rate, net]) => taxOf(net, rate, 'half_up', 0));
  const [net, tax] = [Money.sum(nets.values()), Money.sum(taxes)];
  return {
    month: BusinessMonth.text(month),
    net: Money.text(net),
    tax: Money.text(tax),
    total: Money.text(Money.toWholeYen(Money.add(net, tax), 'half_up')),
  };
}

/** CRT-03, CRT-04: what is due now, and what the first and the next invoice hold of it. */
export function totalsOf(order: Lines, policies: PolicyState) {
  const { lines, placedAt } = order;
  const month = BusinessMonth.of(placedAt);
  const [now, later] = [new Map<TaxCategory, Money>(), new Map<TaxCategory, Money>()];
  const add = (to: Map<TaxCategory, Money>, category: TaxCategory, net: Money) =>
    to.set(category, Money.add(to.get(category) ?? Money.zero, net));
  for (const line of lines) {
    add(now, line.taxCategory, dueNow(line));
    if (line.monthly !== null) add(later, line.taxCategory, times(line.monthly, line.quantity));
  }
  const sum = (price: (line: OrderLine) => Money | null) =>
    Money.text(Money.sum(lines.map(line => times(price(line), line.quantity))));
  return {
    monthly: sum(({ monthly }) => monthly),
    contractMonth: sum(({ firstMonth }) => firstMonth),
    initial: sum(({ initial }) => initial),
    due: Money.text(grossOf(feesOf(order, policies))),
    firstInvoice: invoiceOf(month, now, policies),
    nextInvoice: invoiceOf(BusinessMonth.plus(month, 1), later, policies),
  };
}
