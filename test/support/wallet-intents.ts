import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import { available, type CloseBillingMonth, type Fee, type WalletCommand, type WalletEvent } from '#ledger';
import {
  callFacts,
  closing,
  originalOf,
  originalOfNoted,
  POLICY,
  price,
  type WalletStory,
} from './wallets.js';

/** What someone wants of a wallet; what it is exactly depends on the wallet it is asked of. */
export interface Intent {
  readonly what:
    | 'credit'
    | 'call'
    | 'debit'
    | 'fees'
    | 'order'
    | 'hold'
    | 'extend'
    | 'settle'
    | 'note'
    | 'release'
    | 'expire'
    | 'adjust'
    | 'reverse'
    | 'close'
    | 'suspend'
    | 'takeBack';
  /** Minutes since the intent before; below zero: it comes late. */
  readonly minutes: number;
  /** Units of 1/10,000 yen. */
  readonly amount: number;
  /** Which of the lots, holds or debits there are. */
  readonly pick: number;
  readonly days: number;
  readonly flag: boolean;
}

const often = ['credit', 'credit', 'call', 'call', 'debit', 'hold', 'hold', 'settle'] as const;
const seldom = ['extend', 'note', 'release', 'expire', 'adjust', 'reverse', 'reverse', 'close'] as const;
const contracts = ['fees', 'order', 'order', 'suspend', 'takeBack'] as const;
const minutes = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 60_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 0 }) },
);

/** Up to 40 intents over up to a few years, in any order of arrival. */
export const intents: fc.Arbitrary<Intent[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...often, ...seldom, ...contracts),
    minutes,
    amount: fc.oneof(
      fc.integer({ min: 1, max: 3_000_000 }),
      fc.integer({ min: 1, max: 200 }).map(yen => yen * 10_000),
    ),
    pick: fc.nat({ max: 7 }),
    days: fc.oneof(fc.constant(180), fc.integer({ min: 1, max: 60 })),
    flag: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

const FIRST = Instant.parse('2025-01-10T12:00:00.000+09:00');
const CATEGORIES = ['一般通話', '国際通話', '携帯通話'] as const;
const pickOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

type Takeable = Extract<WalletEvent, { type: 'CallDebited' | 'CallNoted' | 'Debited' }>;
const isTakeable = (e: WalletEvent): e is Takeable =>
  e.type === 'CallDebited' || e.type === 'CallNoted' || e.type === 'Debited';

/** Turns intents into commands for one story, one after another; keeps the time of arrival. */
export class Asker {
  private now = FIRST;
  private count = 0;

  constructor(private readonly story: WalletStory) {}

  command(intent: Intent): WalletCommand {
    this.now = Instant.fromEpochMs(Math.max(FIRST, this.now + intent.minutes * 60_000));
    const id = `${++this.count}`;
    const now = this.now;
    const amount = Money.fromUnits(intent.amount);
    const hold = pickOf(this.holds(), intent.pick) ?? 'none';
    switch (intent.what) {
      case 'credit':
        return this.credit(intent, `${intent.flag ? 'L' : 'B'}${id}`, Money.fromUnits(intent.amount * 8));
      case 'call':
        return this.call(intent, id, null);
      case 'settle':
        return this.call(intent, id, hold);
      case 'note': {
        if (intent.pick % 2 === 0) return this.incoming(intent, id);
        const why = intent.flag ? 'internal' : 'unanswered';
        return { type: 'NoteCall', now, call: this.facts(id, intent), why, category: 'IP通話', hold };
      }
      case 'debit':
        return this.debit(intent, `D${id}`, amount);
      case 'fees':
        return { type: 'DebitFees', now, fees: this.fees(intent, id), billingMonth: BusinessMonth.of(now) };
      case 'order': {
        const fees = this.fees(intent, id);
        return { type: 'PayOrder', now, hold, fees, billingMonth: BusinessMonth.of(now) };
      }
      case 'hold':
        return { type: 'HoldFunds', now, hold: `H${id}`, amount: this.within(intent), purpose: 'call' };
      case 'extend':
        return { type: 'ExtendHold', now, hold, amount: this.within(intent) };
      case 'release':
        return { type: 'ReleaseHold', now, hold };
      case 'expire':
        return { type: 'ExpireDue', now };
      case 'adjust': {
        const signed = intent.flag ? amount : Money.negate(amount);
        const approval = {
          approvedBy: null,
          approvalAbove: Money.yen(1_000_000),
          expiryDays: intent.days,
          takenBefore: [],
        };
        return { type: 'Adjust', now, adjustment: `X${id}`, amount: signed, reason: '調整', ...approval };
      }
      case 'reverse':
        return this.reverse(intent, id);
      case 'close':
        return this.close(intent);
      case 'takeBack': {
        const lot = pickOf(this.lots(), intent.pick) ?? 'L0';
        return { type: 'TakeBackCharge', now, back: `K${id}`, lot, method: 'card', amount };
      }
      case 'suspend':
        return { type: 'SuspendOverdue', now, graceDays: intent.pick, policy: 'grace' };
    }
  }

  private incoming(intent: Intent, id: string): WalletCommand {
    const call = { ...this.facts(id, intent), direction: 'in', durationMs: intent.amount * 10 } as const;
    return { type: 'NoteCall', now: this.now, call, why: 'incoming', category: '着信', hold: null };
  }

  /** Mostly something that the funds cover, now and then more. */
  private within(intent: Intent): Money {
    const free = available(this.story.state, this.now) as Money;
    const amount = Money.fromUnits(intent.amount);
    return intent.flag && free > 0 ? Money.min(free, amount) : amount;
  }

  private lots(): string[] {
    return this.story.state.phase === 'open' ? [...this.story.state.byId.keys()].sort() : [];
  }

  private holds(): string[] {
    return this.story.state.phase === 'open' ? [...this.story.state.holds.keys()] : [];
  }

  private facts(id: string, intent: Intent) {
    const startedAt = Instant.fromEpochMs(
      Math.max(FIRST, this.now - (intent.pick === 0 ? 40_000_000 : 60_000)),
    );
    return { ...callFacts(`C${id}`, BusinessDay.text(BusinessDay.of(this.now))), startedAt };
  }

  private credit(intent: Intent, lot: string, amount: Money): WalletCommand {
    const approval = { approvedBy: null, approvalAbove: Money.yen(1_000_000) };
    const bonus = { kind: 'bonus', method: 'bonus', approval } as const;
    const paid = { kind: 'paid', method: 'card' } as const;
    const kind = lot.startsWith('B') ? bonus : paid;
    const terms = { amount, expiryDays: intent.days, policy: POLICY, takenBefore: [] };
    return { type: 'CreditLot', now: this.now, lot, ...kind, ...terms };
  }

  private call(intent: Intent, id: string, hold: string | null): WalletCommand {
    const category = CATEGORIES[intent.pick % 3]!;
    const tax = category === '国際通話' ? EXEMPT : TAXED;
    const call = this.facts(id, intent);
    return {
      type: 'DebitCall',
      now: this.now,
      call,
      price,
      category,
      ...tax,
      net: Money.fromUnits(intent.amount),
      hold,
    };
  }

  private debit(intent: Intent, debit: string, net: Money): WalletCommand {
    const kind = intent.pick % 2 === 0 ? 'recurring' : 'device';
    const ifShort = intent.flag ? 'receivable' : 'refuse';
    return { type: 'Debit', now: this.now, debit, kind, category: '月額', ...TAXED, net, ifShort };
  }

  /** Up to four of them: some free of charge, some larger than what was set aside. */
  private fees(intent: Intent, id: string): Fee[] {
    return Array.from({ length: 1 + (intent.pick % 4) }, (_, i) => ({
      debit: `F${id}-${i + 1}`,
      kind: i % 2 === 0 ? 'recurring' : 'other',
      category: '月額',
      ...(i === 3 ? EXEMPT : TAXED),
      net: Money.fromUnits(i === 1 && intent.flag ? 0 : Math.ceil(intent.amount / (i + 1))),
    }));
  }

  private reverse(intent: Intent, id: string): WalletCommand {
    const calls = this.story.events.filter(isTakeable);
    const found = pickOf(calls.slice(-8), intent.pick);
    if (!found) return { type: 'ExpireDue', now: this.now };
    const { events } = this.story;
    const original = found.type === 'CallNoted' ? originalOfNoted(found, events) : originalOf(found, events);
    return {
      type: 'ReverseDebit',
      now: this.now,
      reversal: `R${id}`,
      reason: '訂正',
      original,
      takenBefore: [],
    };
  }

  /** The first open month, composed as an invoice would be: a discount on it and a total in whole yen. */
  private close(intent: Intent): CloseBillingMonth {
    const { state } = this.story;
    const open = state.phase === 'open' ? [...state.usage.keys()].sort((a, b) => a - b) : [];
    const month = open[0] ?? BusinessMonth.of(this.now);
    return closing(this.story, BusinessMonth.text(month), intent.flag ? '20' : '3');
  }
}

const TAXED = { taxCategory: 'standard', taxRate: 1000 } as const;
const EXEMPT = { taxCategory: 'export_exempt', taxRate: 0 } as const;
