import fc from 'fast-check';
import { composeInvoice, type InvoiceRequest } from '#invoicing';
import { BusinessMonth, Instant, Money, type TaxCategory } from '#kernel';
import { discountsDue, monthUsage, talksOf, type WalletCommand, type WalletEvent, wallet } from '#ledger';
import { issuer, policy, recipient } from '../support/invoices.js';

const month = BusinessMonth.parse('2025-10');
const minute = 60_000;
const opened = BusinessMonth.start(month);
const at = (n: number): Instant => Instant.plusMs(opened, n * minute);

const TAXES = [
  ['standard', 1000],
  ['export_exempt', 0],
  ['reduced', 800],
] as const satisfies readonly (readonly [TaxCategory, number])[];

interface AnyCall {
  readonly category: string;
  readonly tax: (typeof TAXES)[number];
  /** 1/10,000 yen. */
  readonly net: number;
  readonly late: boolean;
}

function callOf(id: string, direction: 'out' | 'in', startedAt: Instant, durationMs: number) {
  const parties = { number: '05012345678', from: '05012345678', to: '0312345678' };
  const times = {
    startedAt,
    answeredAt: startedAt,
    endedAt: Instant.plusMs(startedAt, durationMs),
    durationMs,
  };
  return { callId: id, direction, ...parties, ...times, hangupCause: 'NORMAL_CLEARING' };
}

const price = {
  tariff: 'std',
  tariffVersion: 1,
  tariffRow: 1,
  prefix: '03',
  destination: '東京',
  chargedSeconds: 60,
  increments: 1,
};

const charge = (n: number, { category, tax: [taxCategory, taxRate], net, late }: AnyCall): WalletCommand => {
  const call = callOf(`c${n}`, 'out', late ? Instant.plusMs(opened, -minute) : at(n), minute);
  const priced = { price, category, taxCategory, taxRate, net: Money.fromUnits(net) };
  return { type: 'DebitCall', now: at(n + 1), call, ...priced, hold: null };
};

const noteIncoming = (durationMs: number): WalletCommand => {
  const call = callOf('in', 'in', at(1), durationMs);
  return { type: 'NoteCall', now: at(1), call, why: 'incoming', category: '着信', hold: null };
};

/** Late calls of September then belong to October's bill. */
const septemberClosed: WalletCommand = {
  type: 'CloseBillingMonth',
  now: opened,
  month: BusinessMonth.plus(month, -1),
  basis: { net: Money.zero, tax: Money.zero },
  discounts: [],
  rates: [],
  total: Money.zero,
  invoice: null,
};

/** A wallet that has lived a month: its events so far and its state. */
function livedThrough(commands: readonly WalletCommand[]) {
  let state = wallet.fresh();
  const events: WalletEvent[] = [];
  const apply = (command: WalletCommand) => {
    const outcome = wallet.decide(command, state);
    if (outcome.kind !== 'events') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
    for (const event of outcome.events) {
      events.push(event);
      state = wallet.evolve(state, event);
    }
  };
  apply({ type: 'OpenWallet', now: opened, account: 'A1', month, carried: null });
  for (const command of commands) apply(command);
  const perMinute = Money.of('0.5');
  const discounts = () => discountsDue(talksOf(state), month, () => perMinute);
  return { events, apply, usage: () => monthUsage(state, month), discounts };
}

/** What the wallet was debited in the month, taxes, discounts and rounding included. */
const debitedIn = (events: readonly WalletEvent[]): Money => {
  let sum = Money.zero;
  for (const event of events) {
    if (event.type === 'CallDebited') sum = Money.add(sum, Money.add(event.net, event.tax));
    if (event.type === 'IncomingDiscountGranted') sum = Money.subtract(sum, Money.add(event.net, event.tax));
    if (event.type === 'RoundingDifferenceBooked') sum = Money.add(sum, event.amount);
  }
  return sum;
};

const anyCall: fc.Arbitrary<AnyCall> = fc.record({
  category: fc.constantFrom('一般通話', '国際通話', '携帯通話'),
  tax: fc.constantFrom(...TAXES),
  net: fc.oneof(fc.nat(20), fc.nat(2_000_000)),
  late: fc.boolean(),
});

describe('the close of a month', () => {
  it('is accepted by the wallet as it was drawn, and the debits then equal the invoice total', () => {
    fc.assert(
      fc.property(
        fc.array(anyCall, { maxLength: 12 }),
        fc.nat(20_000 * minute),
        fc.nat(3_000_000),
        fc.constantFrom('floor', 'half_up', 'ceil'),
        (calls, incomingMs, funds, taxRounding) => {
          const credit: WalletCommand[] =
            funds === 0
              ? []
              : [
                  {
                    type: 'CreditLot',
                    now: opened,
                    lot: 'L1',
                    kind: 'paid',
                    method: 'card',
                    amount: Money.fromUnits(funds),
                    expiryDays: 180,
                    policy: 'prepaid.expiry-days@2020-01-01=180',
                    takenBefore: [],
                  },
                ];
          const { events, apply, usage, discounts } = livedThrough([
            septemberClosed,
            ...credit,
            noteIncoming(incomingMs),
            ...calls.map((call, i) => charge(i + 2, call)),
          ]);
          const request: InvoiceRequest = {
            account: 'A1',
            recipient,
            issuer: { ...issuer, taxRounding },
            month,
            usage: usage()!,
            discounts: discounts(),
            extraLines: [],
            policy,
          };
          const { close, lines } = composeInvoice(request);
          const invoice = lines.length === 0 ? null : '202510-000001';
          apply({ type: 'CloseBillingMonth', now: BusinessMonth.end(month), month, ...close, invoice });
          expect(debitedIn(events)).toBe(close.total);
        },
      ),
    );
  });
});
