import {
  type AccountId,
  BusinessMonth,
  column,
  type Instant,
  Money,
  PhoneNumber,
  projection,
  type RowOf,
  type RowsInto,
  type TaxCategory,
  table,
} from '#kernel';
import {
  accountOfWallet,
  type CallFacts,
  type CallPrice,
  countedAs,
  type NotedWhy,
  type WalletEvent,
} from '#ledger';

const callsTable = table({
  name: 'calls',
  columns: {
    account: column.text<AccountId>(),
    started_at: column.integer<Instant>(),
    position: 'integer',
    decided_at: column.integer<Instant>(),
    call_id: 'text',
    direction: column.text<'out' | 'in'>(),
    number: 'text',
    from_number: 'text',
    to_number: 'text',
    /** As signalled and as dialled, where that is written in another way. */
    from_written: 'text?',
    to_written: 'text?',
    answered_at: column.integerOrNull<Instant>(),
    ended_at: column.integer<Instant>(),
    duration_ms: 'integer',
    hangup_cause: 'text',
    why: column.textOrNull<NotedWhy>(),
    category: 'text',
    destination: 'text',
    charged_seconds: 'integer',
    net: column.integer<Money>(),
    tax: column.integer<Money>(),
    tax_category: column.text<TaxCategory>(),
    drawn: column.integer<Money>(),
    billing_month: column.integer<BusinessMonth>(),
    /** `tariff@version#row` of what priced the call; null when it costs nothing by its nature. */
    rate: 'text?',
  },
  key: ['account', 'started_at', 'position'],
});

const reversedTable = table({
  name: 'reversed_calls',
  /** The newest reversal of a call id: it takes back the entries that stand before its position. */
  columns: {
    account: column.text<AccountId>(),
    call_id: 'text',
    reversal: 'text',
    at: column.integer<Instant>(),
    position: 'integer',
  },
  key: ['account', 'call_id'],
});

const usageTable = table({
  name: 'usage',
  columns: {
    account: column.text<AccountId>(),
    usage_month: column.integer<BusinessMonth>(),
    billing_month: column.integer<BusinessMonth>(),
    direction: column.text<'out' | 'in'>(),
    /**
     * `charged`, or why the call costs nothing: unanswered, incoming, internal, emergency. What was taken
     * back stands apart: `reversed`, or `reversed:` and why it cost nothing.
     */
    why: 'text',
    category: 'text',
    tax_category: column.text<TaxCategory>(),
    tax_rate: 'integer',
    calls: 'integer',
    duration_ms: 'integer',
    net: column.integer<Money>(),
    tax: column.integer<Money>(),
  },
  key: [
    'account',
    'usage_month',
    'billing_month',
    'direction',
    'why',
    'category',
    'tax_category',
    'tax_rate',
  ],
});

type CallRecord = RowOf<typeof callsTable>;
type Rows = RowsInto<typeof callsTable | typeof reversedTable | typeof usageTable>;

/** What a call cost, in the columns of its row. */
type CallCost = Pick<
  CallRecord,
  | 'why'
  | 'category'
  | 'destination'
  | 'charged_seconds'
  | 'net'
  | 'tax'
  | 'tax_category'
  | 'drawn'
  | 'billing_month'
  | 'rate'
>;

/** Which row of which version of a tariff priced a call: `std@3#17`. Read it with `rateOf`. */
const rateText = ({ tariff, tariffVersion, tariffRow }: CallPrice): string =>
  `${tariff}@${tariffVersion}#${tariffRow}`;

/** Tariff, version and row of the file, as `calls.rate` names them; undefined for a text of another form. */
export function rateOf(text: string): { tariff: string; version: number; row: number } | undefined {
  const m = /^(.+)@(\d{1,9})#(\d{1,9})$/.exec(text);
  if (!m) return undefined;
  return { tariff: m[1]!, version: Number.parseInt(m[2]!, 10), row: Number.parseInt(m[3]!, 10) };
}

/** Searches and statements know a number in one form, also where the log has it in another. */
const folded = (written: string): string => PhoneNumber.read(written) ?? written;
const unless = (written: string, other: string): string | null => (written === other ? null : written);

/** Written out column by column: an import makes tens of thousands of them a second. */
function callRow(
  account: AccountId,
  position: number,
  at: Instant,
  call: CallFacts,
  cost: CallCost,
): CallRecord {
  const from = folded(call.from);
  const to = folded(call.to);
  return {
    account,
    started_at: call.startedAt,
    position,
    decided_at: at,
    call_id: call.callId,
    direction: call.direction,
    number: folded(call.number),
    from_number: from,
    to_number: to,
    from_written: unless(call.from, from),
    to_written: unless(call.to, to),
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    duration_ms: call.durationMs,
    hangup_cause: call.hangupCause,
    why: cost.why,
    category: cost.category,
    destination: cost.destination,
    charged_seconds: cost.charged_seconds,
    net: cost.net,
    tax: cost.tax,
    tax_category: cost.tax_category,
    drawn: cost.drawn,
    billing_month: cost.billing_month,
    rate: cost.rate,
  };
}

type CallDebited = Extract<WalletEvent, { type: 'CallDebited' }>;
type Noted = Extract<WalletEvent, { type: 'CallNoted' }>;

function debitedCall(account: AccountId, position: number, e: CallDebited, rows: Rows): void {
  const { call, price, category, taxCategory, taxRate, billingMonth, net, tax } = e;
  let drawn = 0;
  for (const part of e.parts) drawn += part.amount;
  const cost: CallCost = {
    why: null,
    category,
    destination: price.destination,
    charged_seconds: price.chargedSeconds,
    net,
    tax,
    tax_category: taxCategory,
    drawn: Money.fromUnits(drawn),
    billing_month: billingMonth,
    rate: rateText(price),
  };
  rows.insert('calls', callRow(account, position, e.at, call, cost));
  const key = usageKey(account, call, billingMonth, 'charged', category, taxCategory, taxRate);
  rows.merge('usage', key, { add: { calls: 1, duration_ms: call.durationMs, net, tax } });
}

function notedCall(account: AccountId, position: number, e: Noted, rows: Rows): void {
  const { category, billingMonth } = e;
  const why = countedAs(e.why, e.call);
  const cost: CallCost = {
    why,
    category,
    destination: '',
    charged_seconds: 0,
    net: Money.zero,
    tax: Money.zero,
    tax_category: 'out_of_scope',
    drawn: Money.zero,
    billing_month: billingMonth,
    rate: null,
  };
  rows.insert('calls', callRow(account, position, e.at, e.call, cost));
  rows.merge('usage', usageKey(account, e.call, billingMonth, why, category, 'out_of_scope', 0), {
    add: { calls: 1, duration_ms: e.call.durationMs, net: 0, tax: 0 },
  });
}

function usageKey(
  account: AccountId,
  call: CallFacts,
  billingMonth: BusinessMonth,
  why: string,
  category: string,
  taxCategory: TaxCategory,
  taxRate: number,
) {
  return {
    account,
    usage_month: BusinessMonth.of(call.startedAt),
    billing_month: billingMonth,
    direction: call.direction,
    why,
    category,
    tax_category: taxCategory,
    tax_rate: taxRate,
  };
}

/** Every call of an account, and what it used per month and category: call history and usage statement. */
export const calls = projection({
  name: 'calls',
  version: 3,
  tables: [callsTable, reversedTable, usageTable],
  handles: [
    'ledger.CallCharged.v1',
    'ledger.CallNoted.v1',
    'ledger.DebitReversed.v1',
    'ledger.DebitReversed.v2',
  ],
  apply({ event, stream, position }, rows) {
    const e = event as WalletEvent;
    const account = accountOfWallet(stream);
    if (e.type === 'CallDebited') debitedCall(account, position, e, rows);
    else if (e.type === 'CallNoted') notedCall(account, position, e, rows);
    else if (e.type === 'DebitReversed' && e.call) {
      const { direction, why } = e.call;
      const key = {
        account,
        usage_month: e.usageMonth,
        billing_month: e.billingMonth,
        direction,
        why: why === null ? 'reversed' : `reversed:${why}`,
        category: e.category,
        tax_category: e.taxCategory,
        tax_rate: e.taxRate,
      };
      // Not `-0`: what cost nothing takes nothing back.
      const [net, tax] = [0 - e.net, 0 - e.tax];
      rows.merge('usage', key, { add: { calls: 1, duration_ms: e.durationMs, net, tax } });
      const last = { reversal: e.reversal, at: e.at, position };
      rows.merge('reversed_calls', { account, call_id: e.debit }, { set: last });
    }
  },
});
