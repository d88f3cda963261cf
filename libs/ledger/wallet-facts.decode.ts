import { BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import type {
  CallFacts,
  CallPrice,
  HoldState,
  LotFacts,
  LotPart,
  LotState,
  MonthUsage,
  UsageCounter,
  WalletBalance,
} from './wallet.facts.js';
import type { Stored } from './wallet.stored.js';

// Hand-written literals: a replay decodes 200,000 events a second.

export function parts(list: readonly Stored<LotPart>[]): LotPart[] {
  return list.map(part => ({ lot: part.lot, kind: part.kind, amount: Money.parse(part.amount) }));
}

export const lotFacts = (v: Stored<LotFacts>): LotFacts => ({
  lot: v.lot,
  kind: v.kind,
  issuedAt: Instant.parse(v.issuedAt),
  expiresOn: BusinessDay.parse(v.expiresOn),
  credited: Money.parse(v.credited),
});

export const callFacts = (v: Stored<CallFacts>): CallFacts => ({
  callId: v.callId,
  direction: v.direction,
  number: v.number,
  from: v.from,
  to: v.to,
  startedAt: Instant.parse(v.startedAt),
  answeredAt: v.answeredAt === null ? null : Instant.parse(v.answeredAt),
  endedAt: Instant.parse(v.endedAt),
  durationMs: v.durationMs,
  hangupCause: v.hangupCause,
});

export const callPrice = (v: Stored<CallPrice>): CallPrice => ({
  tariff: v.tariff,
  tariffVersion: v.tariffVersion,
  tariffRow: v.tariffRow,
  prefix: v.prefix,
  destination: v.destination,
  chargedSeconds: v.chargedSeconds,
  increments: v.increments,
});

export const lotState = (v: Stored<LotState>): LotState => ({
  id: v.id,
  kind: v.kind,
  issuedAt: Instant.parse(v.issuedAt),
  expiresOn: BusinessDay.parse(v.expiresOn),
  credited: Money.parse(v.credited),
  posted: Money.parse(v.posted),
  held: Money.parse(v.held),
});

export const holdState = (v: Stored<HoldState>): HoldState => ({
  id: v.id,
  heldAt: Instant.parse(v.heldAt),
  purpose: v.purpose,
  parts: parts(v.parts),
});

export const usageCounter = (v: Stored<UsageCounter>): UsageCounter => ({
  kind: v.kind,
  category: v.category,
  taxCategory: v.taxCategory,
  taxRate: v.taxRate,
  usageMonth: BusinessMonth.parse(v.usageMonth),
  calls: v.calls,
  durationMs: v.durationMs,
  net: Money.parse(v.net),
  tax: Money.parse(v.tax),
});

export const monthUsage = (v: Stored<MonthUsage>): MonthUsage => ({
  month: BusinessMonth.parse(v.month),
  counters: v.counters.map(usageCounter),
  incomingCalls: v.incomingCalls,
  incomingDurationMs: v.incomingDurationMs,
  unansweredCalls: v.unansweredCalls,
  drawn: parts(v.drawn),
  receivable: Money.parse(v.receivable),
});

export const walletBalance = (v: Stored<WalletBalance>): WalletBalance => ({
  lots: v.lots.map(lotState),
  holds: v.holds.map(holdState),
  receivable: Money.parse(v.receivable),
  usage: v.usage.map(monthUsage),
  closedThrough: v.closedThrough === null ? null : BusinessMonth.parse(v.closedThrough),
  lastDecidedAt: Instant.parse(v.lastDecidedAt),
  closedInvoice: v.closedInvoice,
  receivablePaid: parts(v.receivablePaid),
  reversed: v.reversed,
});
