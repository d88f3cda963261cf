import { divideBigRounded, type Instant, MONEY_SCALE, Money, mulDivRounded, PhoneNumber } from '#kernel';
import type { CallDirection, TariffRow } from './tariff.js';
import type { PrefixRows, PricedRow, TariffIndex } from './tariff-index.js';

/**
 * No row of the tariff prices this number at this instant. Never priced at zero by accident: it is a refusal.
 */
export const NO_RATE = 'NO_RATE' as const;

/** What a price depends on. A `Cdr` is one. */
export interface PricedCall {
  readonly direction: CallDirection;
  readonly to: string;
  readonly startedAt: Instant;
  /** null = unanswered. */
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant;
}

/** The net price of one call. */
export interface Priced {
  /** The row in force when the call started: it gives connect fee, category, tax, rounding and decimals. */
  readonly row: TariffRow;
  /** The charged time: whole increments, in seconds (a multiple of 0.001). */
  readonly chargedSeconds: number;
  readonly increments: number;
  /** The amount in units of `10^-decimals` yen, rounded once. */
  readonly units: number;
  readonly decimals: number;
}

function priced(row: TariffRow, chargedMs: number, increments: number, units: number): Priced {
  if (!Number.isSafeInteger(units))
    throw new RangeError(`price out of range: prefix ${row.prefix} of ${row.tariff}`);
  return { row, chargedSeconds: chargedMs / 1000, increments, units, decimals: row.decimals };
}

/** (connect fee + first price) x per + price x ms, at the row's scale, in integers of any size. */
function bigUnits(rate: PricedRow, ms: number): number {
  const fixed = BigInt(rate.connectFee + (rate.firstPrice ?? 0)) * BigInt(rate.row.perMs);
  const exact = (fixed + BigInt(rate.price) * BigInt(ms)) * BigInt(rate.numerator);
  return Number(divideBigRounded(exact, BigInt(rate.denominator), rate.row.rounding));
}

function priceWithin(rate: PricedRow, durationMs: number): Priced {
  let charged = rate.firstMs;
  let increments = 1;
  if (durationMs > charged) {
    const more = Math.ceil((durationMs - charged) / rate.incrementMs);
    charged += more * rate.incrementMs;
    increments += more;
  }
  const exact = rate.fixedTimesPer + rate.price * (charged - rate.freeMs);
  const safe = rate.exact && Number.isSafeInteger(exact);
  const units = safe
    ? mulDivRounded(exact, rate.numerator, rate.denominator, rate.row.rounding)
    : bigUnits(rate, charged - rate.freeMs);
  return priced(rate.row, charged, increments, units);
}

/**
 * Milliseconds that each row prices, and the first price where one applies; whole runs of increments at a
 * time.
 */
function splitByRow(rows: PrefixRows, start: PricedRow, answeredAt: Instant, durationMs: number) {
  let rate = rows.inForce(answeredAt) ?? start;
  const first = rate;
  const parts = new Map<PricedRow, number>([[rate, rate.firstMs - rate.freeMs]]);
  let offset = rate.firstMs;
  let increments = 1;
  while (offset < durationMs) {
    const begins = (answeredAt + offset) as Instant;
    rate = rows.inForce(begins) ?? rate;
    const until = Math.min(rows.nextChange(begins) - answeredAt, durationMs);
    const count = Math.ceil((until - offset) / rate.incrementMs);
    parts.set(rate, (parts.get(rate) ?? 0) + count * rate.incrementMs);
    offset += count * rate.incrementMs;
    increments += count;
  }
  return { first, parts, charged: offset, increments };
}

/**
 * A call over the edge of a band or a date: each increment has the length and the price of the longest prefix
 * with a row in force when it begins (where none has one, of the row before), the first one, which begins
 * with the answer, also its `first_price`. The sum is exact, one fraction; the row of the start gives the
 * connect fee and rounds once.
 */
function priceAcross(rows: PrefixRows, start: PricedRow, answeredAt: Instant, durationMs: number): Priced {
  const { first, parts, charged, increments } = splitByRow(rows, start, answeredAt, durationMs);
  let numerator = BigInt(start.connectFee);
  let denominator = 10n ** BigInt(start.scale);
  const add = (amount: bigint, per: bigint): void => {
    numerator = numerator * per + amount * denominator;
    denominator *= per;
  };
  if (first.firstPrice !== null) add(BigInt(first.firstPrice), 10n ** BigInt(first.scale));
  for (const [rate, ms] of parts) {
    add(BigInt(rate.price) * BigInt(ms), BigInt(rate.row.perMs) * 10n ** BigInt(rate.scale));
  }
  const exact = numerator * 10n ** BigInt(start.row.decimals);
  return priced(
    start.row,
    charged,
    increments,
    Number(divideBigRounded(exact, denominator, start.row.rounding)),
  );
}

/**
 * The net price of a call (INTERFACES: tariff.csv). The longest prefix with a row in force at the start
 * decides. An answered call is charged at least its first increment; an unanswered one 0 increments and 0
 * yen.
 * @param dialled another number than `call.to` to look up, e.g. the called own number of an incoming call
 * @throws RangeError when the amount is larger than any ledger holds (a tariff of millions of yen per second)
 */
export function priceCall(tariff: TariffIndex, call: PricedCall, dialled = call.to): Priced | typeof NO_RATE {
  const number = PhoneNumber.read(dialled);
  return number === null ? NO_RATE : priceNumber(tariff, call, number);
}

/** As `priceCall`, for a number that was read already. */
export function priceNumber(
  tariff: TariffIndex,
  call: PricedCall,
  number: PhoneNumber,
): Priced | typeof NO_RATE {
  const rows = tariff.rowsFor(call.direction, number);
  const rate = rows?.inForce(call.startedAt);
  if (!rows || !rate) return NO_RATE;
  if (call.answeredAt === null) return priced(rate.row, 0, 0, 0);
  const durationMs = call.endedAt - call.answeredAt;
  return rows.staysAt(rate, call.startedAt, call.endedAt)
    ? priceWithin(rate, durationMs)
    : priceAcross(rows, rate, call.answeredAt, durationMs);
}

/** What one row prices of a call. */
export interface PricePart {
  readonly row: TariffRow;
  /** Priced by `price` per `perMs`; without a first increment that has its own price. */
  readonly ms: number;
  /** What the first increment cost by this row, where it has its own price. */
  readonly firstPrice: string | null;
}

/** The parts that a price is the sum of, beside the connect fee, in the order in which their rows begin. */
export function priceParts(tariff: TariffIndex, call: PricedCall, number: PhoneNumber): readonly PricePart[] {
  const rows = tariff.rowsFor(call.direction, number);
  const rate = rows?.inForce(call.startedAt);
  if (!rows || !rate || call.answeredAt === null) return [];
  const { first, parts } = splitByRow(rows, rate, call.answeredAt, call.endedAt - call.answeredAt);
  return [...parts].map(([{ row }, ms]) => ({
    row,
    ms,
    firstPrice: row === first.row ? row.firstPrice : null,
  }));
}

/** The amount in yen as a decimal text without trailing zeros: `0.003`, `16`, `0`. */
export function amountText({ units, decimals }: Pick<Priced, 'units' | 'decimals'>): string {
  const digits = String(units).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 || fraction === '' ? whole : `${whole}.${fraction}`;
}

/**
 * The amount for the ledger. @throws RangeError for a tariff of more than 4 decimals: `ledgerProblems`
 * refuses it at import.
 */
export function amountMoney({ units, decimals }: Pick<Priced, 'units' | 'decimals'>): Money {
  if (decimals > MONEY_SCALE) throw new RangeError(`a price of ${decimals} decimals does not fit the ledger`);
  return Money.fromUnits(units * 10 ** (MONEY_SCALE - decimals));
}

/**
 * The longest call, in milliseconds up to `maxMs`, whose net price is at most `funds`: when a prepaid call
 * must be cut. 0 when not even the first increment is covered. The price never falls as a call grows, so
 * halving the interval finds it. Nothing asks for it yet: a switch that cuts calls will.
 */
export function fundedMs(
  tariff: TariffIndex,
  call: PricedCall,
  funds: Money,
  maxMs: number,
): number | typeof NO_RATE {
  const answeredAt = call.answeredAt ?? call.startedAt;
  const costs = (ms: number): Money | typeof NO_RATE => {
    const result = priceCall(tariff, { ...call, answeredAt, endedAt: (answeredAt + ms) as Instant });
    return result === NO_RATE ? NO_RATE : amountMoney(result);
  };
  const least = costs(1);
  if (least === NO_RATE) return NO_RATE;
  if (least > funds) return 0;
  let covered = 1;
  let beyond = maxMs + 1;
  while (beyond - covered > 1) {
    const middle = Math.floor((covered + beyond) / 2);
    const cost = costs(middle);
    if (cost !== NO_RATE && cost <= funds) covered = middle;
    else beyond = middle;
  }
  return covered;
}
