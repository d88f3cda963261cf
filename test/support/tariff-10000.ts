import { Instant } from '#kernel';
import { checkTariffRows, type RawTariffRow, type TariffRow } from '#rating';

/**
 * A repeatable stream of numbers in 0..2^32-1 (mulberry32): the same seed, the same stream, on every machine.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

export const SYNTHETIC_TARIFF = 'std';
const PREFIXES = 10_000;

interface Kind {
  readonly prefixes: readonly string[];
  readonly destination: string;
  readonly category: string;
  readonly prices: readonly string[];
  readonly increments: readonly (readonly [first: string, next: string])[];
  readonly perS: string;
  readonly tax: string;
}

/** `count` different prefixes of `stem` and `digits` more digits, spread evenly. */
function spread(stem: string, digits: number, count: number): string[] {
  const step = Math.floor(10 ** digits / count);
  return Array.from({ length: count }, (_, i) => stem + String(i * step).padStart(digits, '0'));
}

/**
 * Domestic area codes, mobile ranges, IP phones and 7,200 codes of other countries, all overlapped by shorter
 * ones.
 */
const KINDS: readonly Kind[] = [
  {
    prefixes: [
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
      '09',
      '01',
      '02',
      ...spread('03', 4, 891),
      ...spread('06', 4, 900),
    ],
    destination: '固定電話',
    category: '一般通話',
    prices: ['8', '8.5'],
    increments: [['180', '180']],
    perS: '180',
    tax: 'standard',
  },
  {
    prefixes: ['070', '080', '090', ...spread('090', 4, 497), ...spread('080', 4, 300)],
    destination: '携帯電話',
    category: '携帯通話',
    prices: ['16', '17.5'],
    increments: [['60', '60']],
    perS: '60',
    tax: 'standard',
  },
  {
    prefixes: ['050', ...spread('050', 4, 199)],
    destination: 'IP電話',
    category: 'IP通話',
    prices: ['0', '0.10'],
    increments: [['1', '1']],
    perS: '60',
    tax: 'standard',
  },
  {
    prefixes: ['010', ...spread('010', 4, 6999), ...spread('0101', 4, 200)],
    destination: '海外',
    category: '国際通話',
    prices: ['9', '0.15', '0.033', '55', '30.25'],
    increments: [
      ['60', '60'],
      ['6', '6'],
      ['1', '1'],
      ['30', '6'],
    ],
    perS: '60',
    tax: 'export_exempt',
  },
];

/** A tariff of 10,000 prefixes, always the same; lines from 2 as in a file with a header. */
export function makeTariffRows(): TariffRow[] {
  const raws: RawTariffRow[] = [];
  const seen = new Set<string>();
  for (const kind of KINDS) {
    for (const prefix of kind.prefixes) {
      if (seen.has(prefix)) continue;
      seen.add(prefix);
      const i = raws.length;
      const [first, next] = kind.increments[i % kind.increments.length]!;
      const fields = {
        tariff: SYNTHETIC_TARIFF,
        prefix,
        destination: kind.destination,
        category: kind.category,
        connect_fee: i % 50 === 0 ? '10' : '0',
        price: kind.prices[i % kind.prices.length]!,
        per_s: kind.perS,
        first_increment_s: first,
        increment_s: next,
        valid_from: '2020-01-01',
        tax: kind.tax,
      };
      raws.push({ file: 'synthetic', line: i + 2, fields });
    }
  }
  const { rows, problems } = checkTariffRows(raws);
  if (problems[0] || rows.length !== PREFIXES) {
    throw new Error(`synthetic tariff: ${rows.length} rows, ${JSON.stringify(problems[0] ?? 'no problem')}`);
  }
  return rows;
}

/** The account that owns the i-th synthetic number; i counts from 0. */
export const syntheticAccount = (i: number): string => `A${i + 1}`;
export const syntheticNumber = (i: number): string => `0505${String(1_000_000 + i).slice(-7)}`;

export interface SyntheticCdrs {
  readonly seed: number;
  /** Number of accounts, 1..1,000,000; each has one number. */
  readonly accounts: number;
  /** Index of the first of them; default 0. */
  readonly firstAccount?: number;
  /** First call; the calls are spread over the 30 days that follow. Default 2026-10-01 00:00 JST. */
  readonly from?: Instant;
}

const STEMS = ['03', '06', '090', '080', '070', '050', '0101', '01044', '01086', '052'] as const;
const THIRTY_DAYS_MS = 30 * 86_400_000;

/**
 * The header and `n` lines of cdr.csv: about 90 % outgoing, 5 % incoming, 5 % unanswered, up to 10 minutes,
 * starts ascending.
 */
export function* makeCdrLines(
  n: number,
  { seed, accounts, firstAccount = 0, from }: SyntheticCdrs,
): Generator<string> {
  const next = seeded(seed);
  const begin = from ?? Instant.parse('2026-10-01T00:00:00.000+09:00');
  yield 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
  for (let i = 0; i < n; i++) {
    const who = firstAccount + (next() % accounts);
    const own = syntheticNumber(who);
    const other = STEMS[next() % STEMS.length]! + String(10_000_000 + (next() % 90_000_000));
    const shape = next() % 20;
    const start = begin + Math.floor((i * THIRTY_DAYS_MS) / n);
    const answer = start + 1000 + (next() % 15_000);
    const end = answer + (next() % 600_000);
    const incoming = shape === 0;
    const times = [start, answer, end].map(ms => Instant.text(Instant.fromEpochMs(ms)));
    if (shape === 1) times[1] = '';
    const ends = incoming ? `in,${other},${own}` : `out,${own},${other}`;
    const cause = shape === 1 ? 'NO_ANSWER' : 'NORMAL_CLEARING';
    yield `s${seed}-${i},${syntheticAccount(who)},${own},${ends},${times.join(',')},${cause}`;
  }
}
