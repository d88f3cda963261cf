import { BusinessMonth, type Cell, PhoneNumber, type Projection, type Row, type RowSink } from '#kernel';
import { type CallFacts, type CallPrice, countedAs } from './wallet/calls.js';
import type { WalletEvent } from './wallet/wallet.events.js';
import { accountOfWallet } from './wallet/wallet.state.js';

interface Charge {
  readonly why: string | null;
  readonly category: string;
  readonly destination: string;
  readonly chargedSeconds: number;
  readonly net: number;
  readonly tax: number;
  readonly taxCategory: string;
  readonly drawn: number;
  readonly billingMonth: BusinessMonth;
  readonly rate: string | null;
}

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
function callRow(account: string, position: number, at: number, call: CallFacts, charge: Charge): Row {
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
    why: charge.why,
    category: charge.category,
    destination: charge.destination,
    charged_seconds: charge.chargedSeconds,
    net: charge.net,
    tax: charge.tax,
    tax_category: charge.taxCategory,
    drawn: charge.drawn,
    billing_month: charge.billingMonth,
    rate: charge.rate,
  };
}

type Charged = Extract<WalletEvent, { type: 'CallCharged' }>;
type Noted = Extract<WalletEvent, { type: 'CallNoted' }>;

function chargedCall(account: string, position: number, e: Charged, rows: RowSink): void {
  const { call, price } = e;
  let drawn = 0;
  for (const part of e.parts) drawn += part.amount;
  const { category, taxCategory, billingMonth, net, tax } = e;
  const { destination, chargedSeconds } = price;
  const charge = {
    why: null,
    category,
    destination,
    chargedSeconds,
    net,
    tax,
    taxCategory,
    drawn,
    billingMonth,
    rate: rateText(price),
  };
  rows.insert('calls', callRow(account, position, e.at, call, charge));
  rows.merge(
    'usage',
    usageKey(account, call, e.billingMonth, 'charged', e.category, e.taxCategory, e.taxRate),
    {
      add: { calls: 1, duration_ms: call.durationMs, net: e.net, tax: e.tax },
    },
  );
}

function notedCall(account: string, position: number, e: Noted, rows: RowSink): void {
  const { category, billingMonth } = e;
  const why = countedAs(e.why, e.call);
  const nothing = {
    destination: '',
    chargedSeconds: 0,
    net: 0,
    tax: 0,
    taxCategory: 'out_of_scope',
    drawn: 0,
    rate: null,
  };
  rows.insert('calls', callRow(account, position, e.at, e.call, { why, category, billingMonth, ...nothing }));
  rows.merge('usage', usageKey(account, e.call, e.billingMonth, why, e.category, 'out_of_scope', 0), {
    add: { calls: 1, duration_ms: e.call.durationMs, net: 0, tax: 0 },
  });
}

function usageKey(
  account: string,
  call: CallFacts,
  billingMonth: BusinessMonth,
  why: string,
  category: string,
  taxCategory: string,
  taxRate: number,
): Record<string, Cell> {
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
export const calls: Projection = {
  name: 'calls',
  version: 3,
  tables: [
    {
      name: 'calls',
      columns: {
        account: 'text',
        started_at: 'integer',
        position: 'integer',
        decided_at: 'integer',
        call_id: 'text',
        direction: 'text',
        number: 'text',
        from_number: 'text',
        to_number: 'text',
        /** As signalled and as dialled, where that is written in another way. */
        from_written: 'text?',
        to_written: 'text?',
        answered_at: 'integer?',
        ended_at: 'integer',
        duration_ms: 'integer',
        hangup_cause: 'text',
        why: 'text?',
        category: 'text',
        destination: 'text',
        charged_seconds: 'integer',
        net: 'integer',
        tax: 'integer',
        tax_category: 'text',
        drawn: 'integer',
        billing_month: 'integer',
        /** `tariff@version#row` of what priced the call; null when it costs nothing by its nature. */
        rate: 'text?',
      },
      key: ['account', 'started_at', 'position'],
    },
    {
      name: 'reversed_calls',
      /** The newest reversal of a call id: it takes back the entries that stand before its position. */
      columns: { account: 'text', call_id: 'text', reversal: 'text', at: 'integer', position: 'integer' },
      key: ['account', 'call_id'],
    },
    {
      name: 'usage',
      columns: {
        account: 'text',
        usage_month: 'integer',
        billing_month: 'integer',
        direction: 'text',
        /**
         * `charged`, or why the call costs nothing: unanswered, incoming, internal, emergency. What was taken
         * back stands apart: `reversed`, or `reversed:` and why it cost nothing.
         */
        why: 'text',
        category: 'text',
        tax_category: 'text',
        tax_rate: 'integer',
        calls: 'integer',
        duration_ms: 'integer',
        net: 'integer',
        tax: 'integer',
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
    },
  ],
  handles: [
    'ledger.CallCharged.v1',
    'ledger.CallNoted.v1',
    'ledger.DebitReversed.v1',
    'ledger.DebitReversed.v2',
  ],
  apply({ event, stream, position }, rows) {
    const e = event as WalletEvent;
    const account = accountOfWallet(stream);
    if (e.type === 'CallCharged') chargedCall(account, position, e, rows);
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
};
