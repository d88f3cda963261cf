import { BusinessDay, BusinessMonth, Instant, Money, type TaxCategory } from '#kernel';
import {
  bookedDiscounts,
  type CallFacts,
  type CallPrice,
  type ChargeMethod,
  type CloseBillingMonth,
  type CreditLot,
  type Debit,
  type DebitCall,
  discountsDue,
  grossOf,
  issuedAtOf,
  type LotFacts,
  type LotKind,
  type LotPart,
  monthUsage,
  type NoteCall,
  type OriginalDebit,
  type ReverseDebit,
  type TalkRate,
  talksOf,
  type WalletCommand,
  type WalletEvent,
  type WalletState,
  wallet,
} from '#ledger';

/** `2025-01-10` (noon), `2025-01-10T15:00` or `2025-01-10T15:00:00.000`, in Japan. */
export function jst(text: string): Instant {
  const time = text.length === 10 ? 'T12:00:00.000' : text.length === 16 ? ':00.000' : '';
  return Instant.parse(`${text}${time}+09:00`);
}

export const day = (text: string): BusinessDay => BusinessDay.parse(text);
export const month = (text: string): BusinessMonth => BusinessMonth.parse(text);
export const yen = (text: string): Money => Money.of(text);

/** Parts of paid lots as `{ L1: '500' }`; a bonus lot's id begins with B. */
export const parts = (amounts: Readonly<Record<string, string>>): LotPart[] =>
  Object.entries(amounts).map(([lot, amount]) => ({
    lot,
    kind: lot.startsWith('B') ? 'bonus' : 'paid',
    amount: yen(amount),
  }));

export const A1 = 'A1';
export const POLICY = 'prepaid.expiry-days@2020-01-01=180';

/** Opened for a month far ahead, so that a story of several months is one stream. */
export const open = (until = '2099-12'): WalletCommand => ({
  type: 'OpenWallet',
  now: jst('2025-01-01'),
  account: A1,
  month: month(until),
  carried: null,
});

interface LotOptions {
  readonly kind?: LotKind;
  readonly method?: ChargeMethod;
  readonly days?: number;
  /** Of a bonus. */
  readonly approvedBy?: string;
  readonly above?: string;
}

export const credit = (lot: string, amount: string, at: string, options: LotOptions = {}): CreditLot => ({
  type: 'CreditLot',
  now: jst(at),
  lot,
  kind: options.kind ?? 'paid',
  method: options.method ?? 'card',
  amount: yen(amount),
  expiryDays: options.days ?? 180,
  policy: POLICY,
  takenBefore: [],
  ...(options.kind === 'bonus' && {
    approval: { approvedBy: options.approvedBy ?? null, approvalAbove: yen(options.above ?? '10000') },
  }),
});

export const callFacts = (callId: string, at: string, seconds = 60): CallFacts => ({
  callId,
  direction: 'out',
  number: '05012345678',
  from: '05012345678',
  to: '0312345678',
  startedAt: jst(at),
  answeredAt: jst(at),
  endedAt: Instant.plusMs(jst(at), seconds * 1000),
  durationMs: seconds * 1000,
  hangupCause: 'NORMAL_CLEARING',
});

export const price: CallPrice = {
  tariff: 'std',
  tariffVersion: 1,
  tariffRow: 1,
  prefix: '03',
  destination: '東京',
  chargedSeconds: 60,
  increments: 1,
};

interface TaxOptions {
  readonly category?: string;
  readonly taxCategory?: TaxCategory;
  readonly taxRate?: number;
}

const taxed = (options: TaxOptions, category: string) => ({
  category: options.category ?? category,
  taxCategory: options.taxCategory ?? ('out_of_scope' as const),
  taxRate: options.taxRate ?? 0,
});

/** A call that starts and is decided at `at`; untaxed unless told. */
export const call = (
  id: string,
  net: string,
  at: string,
  options: TaxOptions & { readonly hold?: string; readonly started?: string } = {},
): DebitCall => ({
  type: 'DebitCall',
  now: jst(at),
  call: callFacts(id, options.started ?? at),
  price,
  ...taxed(options, '一般通話'),
  net: yen(net),
  hold: options.hold ?? null,
});

export const STANDARD = { taxCategory: 'standard', taxRate: 1000 } as const;

export const debit = (
  id: string,
  net: string,
  at: string,
  options: TaxOptions & Partial<Pick<Debit, 'kind' | 'ifShort' | 'billingMonth'>> = {},
): Debit => ({
  type: 'Debit',
  now: jst(at),
  debit: id,
  kind: options.kind ?? 'recurring',
  ...taxed(options, 'クラウド費用'),
  net: yen(net),
  ifShort: options.ifShort ?? 'receivable',
  ...(options.billingMonth === undefined ? {} : { billingMonth: options.billingMonth }),
});

export const hold = (id: string, amount: string, at: string): WalletCommand => ({
  type: 'HoldFunds',
  now: jst(at),
  hold: id,
  amount: yen(amount),
  purpose: 'call',
});
export const extend = (id: string, amount: string, at: string): WalletCommand => ({
  type: 'ExtendHold',
  now: jst(at),
  hold: id,
  amount: yen(amount),
});
export const release = (id: string, at: string): WalletCommand => ({
  type: 'ReleaseHold',
  now: jst(at),
  hold: id,
});
export const expireDue = (at: string): WalletCommand => ({ type: 'ExpireDue', now: jst(at) });

export const adjust = (
  adjustment: string,
  amount: string,
  at: string,
  options: { readonly reason?: string; readonly approvedBy?: string | null; readonly above?: string } = {},
): WalletCommand => ({
  type: 'Adjust',
  now: jst(at),
  adjustment,
  amount: yen(amount),
  reason: options.reason ?? '誤請求のお詫び',
  approvedBy: options.approvedBy ?? null,
  approvalAbove: yen(options.above ?? '10000'),
  expiryDays: 180,
  takenBefore: [],
});

type NotedEvent = Extract<WalletEvent, { type: 'CallNoted' }>;
type DebitEvent = Extract<WalletEvent, { type: 'CallDebited' | 'Debited' }>;

/** The facts of all lots that a history made. */
export function lotFacts(events: readonly WalletEvent[]): LotFacts[] {
  return events.flatMap(e => {
    if (e.type === 'LotCredited') {
      return [
        { lot: e.lot, kind: e.kind, issuedAt: issuedAtOf(e), expiresOn: e.expiresOn, credited: e.amount },
      ];
    }
    if (e.type !== 'Adjusted' || e.expiresOn === null) return [];
    const { adjustment: lot, expiresOn, amount: credited } = e;
    return [{ lot, kind: 'bonus' as const, issuedAt: issuedAtOf(e), expiresOn, credited }];
  });
}

/** A debit as its event tells it. */
export function originalOf(event: DebitEvent, history: readonly WalletEvent[]): OriginalDebit {
  const { category, taxCategory, taxRate, billingMonth, net, tax, receivable } = event;
  const lots = lotFacts(history);
  const common = {
    category,
    taxCategory,
    taxRate,
    billingMonth,
    net,
    tax,
    receivable,
    parts: event.parts,
    lots,
  };
  if (event.type === 'Debited') {
    return { ...common, debit: event.debit, kind: event.kind, usageMonth: billingMonth };
  }
  const { callId, startedAt, durationMs, direction } = event.call;
  const call = { direction, why: null, entry: 1 };
  return {
    ...common,
    debit: callId,
    kind: 'usage',
    usageMonth: BusinessMonth.of(startedAt),
    durationMs,
    call,
  };
}

/** A call that cost nothing, as its event tells it. */
export function originalOfNoted(event: NotedEvent, history: readonly WalletEvent[]): OriginalDebit {
  const { call, category, billingMonth, why } = event;
  return {
    debit: call.callId,
    kind: 'usage',
    category,
    taxCategory: 'out_of_scope',
    taxRate: 0,
    billingMonth,
    usageMonth: BusinessMonth.of(call.startedAt),
    net: Money.zero,
    tax: Money.zero,
    parts: [],
    receivable: Money.zero,
    lots: lotFacts(history),
    durationMs: call.durationMs,
    call: { direction: call.direction, why, entry: 1 },
  };
}

/** The rates of a discount of all months of a story: zero for none. */
export const ratesOf = (perMinute = '0', from = '2024-06', months = 60): TalkRate[] =>
  Array.from({ length: months }, (_, i) => ({
    month: BusinessMonth.plus(month(from), i),
    perMinute: yen(perMinute),
  }));

/** A free incoming call of so many minutes. */
export const incoming = (
  id: string,
  minutes: number,
  at: string,
  options: { readonly started?: string } = {},
): NoteCall => ({
  type: 'NoteCall',
  now: jst(at),
  call: { ...callFacts(id, options.started ?? at, minutes * 60), direction: 'in' },
  why: 'incoming',
  category: '着信',
  hold: null,
});

/** The close of a month composed from the wallet as it is, with a discount of so much per minute. */
export function closing(story: WalletStory, of: string, perMinute = '0'): CloseBillingMonth {
  const { state } = story;
  const { counters } = monthUsage(state, month(of));
  const basis = { net: Money.sum(counters.map(c => c.net)), tax: Money.sum(counters.map(c => c.tax)) };
  const booked = bookedDiscounts(discountsDue(talksOf(state), month(of), () => yen(perMinute)));
  const billed = Money.subtract(grossOf(counters), grossOf(booked.discounts));
  return {
    type: 'CloseBillingMonth',
    now: BusinessMonth.end(month(of)),
    month: month(of),
    basis,
    ...booked,
    total: Money.toWholeYen(billed, 'half_up'),
    invoice: `INV-${of}`,
    lots: lotFacts(story.events),
  };
}

/** A wallet that is told commands one after another and remembers everything that happened. */
export class WalletStory {
  state: WalletState = wallet.fresh();
  readonly events: WalletEvent[] = [];

  /** Sees each event before it changes the state. */
  constructor(private readonly watch: (event: WalletEvent, story: WalletStory) => void = () => {}) {}

  /** The events that the command brought: none when it was refused or nothing was to do. */
  tell(command: WalletCommand): readonly WalletEvent[] {
    const outcome = wallet.decide(command, this.state);
    if (outcome.kind !== 'events') return [];
    for (const event of outcome.events) {
      this.watch(event, this);
      this.state = wallet.evolve(this.state, event);
      this.events.push(event);
    }
    return outcome.events;
  }

  /** The same, for a command that must bring something. */
  must(command: WalletCommand): readonly WalletEvent[] {
    const events = this.tell(command);
    if (events.length === 0) throw new Error(`${command.type} brought nothing`);
    return events;
  }

  all(...commands: readonly WalletCommand[]): this {
    for (const command of commands) this.must(command);
    return this;
  }

  /** The command that takes back a debit or call of this story. */
  reversalOf(id: string, at: string, reason = '二重計上'): ReverseDebit {
    const isIt = (e: WalletEvent): e is DebitEvent =>
      (e.type === 'Debited' && e.debit === id) || (e.type === 'CallDebited' && e.call.callId === id);
    const noted = this.events.find((e): e is NotedEvent => e.type === 'CallNoted' && e.call.callId === id);
    const found = this.events.find(isIt);
    if (!found && !noted) throw new Error(`no debit ${id} in this story`);
    const original = found ? originalOf(found, this.events) : originalOfNoted(noted!, this.events);
    return { type: 'ReverseDebit', now: jst(at), reversal: `R-${id}`, reason, original, takenBefore: [] };
  }
}

/** The commands from the opening on. */
export const story = (...commands: readonly WalletCommand[]): WalletStory =>
  new WalletStory().all(open(), ...commands);
