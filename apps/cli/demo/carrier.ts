import { corporateCheckDigit } from '#invoicing';
import type { ChargeMethod } from '#ledger';

/**
 * A provider that does not exist, with customers that do not exist. Numbers have 0000 where real ones do
 * not.
 */

export const DEMO_ISSUER = 'みなと通信株式会社（見本）';
const REGISTERED = '000012345678';
/** A registration number (適格請求書発行事業者登録番号) whose check digit is right. */
export const DEMO_REGISTRATION = `T${corporateCheckDigit(REGISTERED)}${REGISTERED}`;

/** The catalogue file of the example: who issues, and the policies as they stand. */
export const DEMO_CATALOGUE = `# 見本の通信事業者 / example provider
issuer:
  name: "${DEMO_ISSUER}"
  address: "〒105-0000 東京都港区みなと町0-0-0"
  registration_number: "${DEMO_REGISTRATION}"
  phone: "0300000000"
  tax_rounding: half_up
policies:
  - { name: prepaid.expiry-days, value: "180", valid_from: "2020-01-01" }
  - { name: tax.standard-bp, value: "1000", valid_from: "2020-01-01" }
  - { name: tax.reduced-bp, value: "800", valid_from: "2020-01-01" }
  - { name: invoice.available-business-day, value: "3", valid_from: "2020-01-01" }
  - { name: adjustment.approval-above, value: "10000", valid_from: "2020-01-01" }
`;

/** A charge so many months after the first month of calls; before it where negative. */
export interface DemoCharge {
  readonly month: number;
  readonly day: number;
  readonly yen: string;
  readonly method: ChargeMethod;
}

export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly numbers: readonly string[];
  readonly tariff: 'std' | 'biz';
  /** 着割, yen per minute; '0' for none. */
  readonly incomingDiscount: string;
  /** Calls of a whole month, about. */
  readonly calls: number;
  readonly charges: readonly DemoCharge[];
}

const charge = (month: number, day: number, yen: string, method: ChargeMethod): DemoCharge => ({
  month,
  day,
  yen,
  method,
});

const monthly = (yen: string, method: ChargeMethod): DemoCharge[] => [
  charge(0, 1, yen, method),
  charge(1, 1, yen, method),
  charge(2, 1, yen, method),
];

type Row = readonly [
  string,
  string,
  string,
  readonly string[],
  DemoAccount['tariff'],
  string,
  number,
  DemoCharge[],
];

const ROWS: readonly Row[] = [
  [
    'D-1001',
    '株式会社あおぞら商事',
    '1001',
    ['03', '050'],
    'std',
    '0.5',
    420,
    [...monthly('15000', 'card'), charge(0, 1, '1000', 'bonus'), charge(0, 7, '45000', 'bank_transfer')],
  ],
  [
    'D-1002',
    '有限会社さくら製作所',
    '1002',
    ['052', '050'],
    'std',
    '0',
    180,
    [charge(-5, 20, '15000', 'konbini'), charge(1, 20, '10000', 'konbini')],
  ],
  ['D-1003', '医療法人ひまわり内科', '1003', ['06', '0120'], 'std', '0.5', 360, monthly('13000', 'net_bank')],
  [
    'D-1004',
    '合同会社みどり設計',
    '1004',
    ['045'],
    'std',
    '0',
    150,
    [charge(0, 3, '12000', 'bank_transfer'), charge(2, 2, '5000', 'konbini')],
  ],
  [
    'D-1005',
    '株式会社はやぶさ運輸',
    '1005',
    ['092', '050', '050'],
    'biz',
    '0.5',
    520,
    [charge(-5, 11, '15000', 'card'), ...monthly('15000', 'card')],
  ],
  ['D-1006', 'すずらん法律事務所', '1006', ['03'], 'std', '0', 210, monthly('8000', 'net_bank')],
  [
    'D-1007',
    '株式会社くじら水産',
    '1007',
    ['011', '050'],
    'biz',
    '0',
    300,
    [charge(0, 2, '30000', 'bank_transfer')],
  ],
  [
    'D-1008',
    '一般社団法人やまびこ',
    '1008',
    ['022'],
    'std',
    '0',
    160,
    [charge(0, 5, '2000', 'konbini'), charge(1, 25, '2000', 'konbini')],
  ],
  ['D-1009', '株式会社こだま不動産', '1009', ['03', '050'], 'biz', '0.5', 450, monthly('14000', 'card')],
  [
    'D-1010',
    '学習塾まなびの森',
    '1010',
    ['075'],
    'std',
    '0',
    170,
    [...monthly('8000', 'konbini'), charge(1, 10, '500', 'bonus')],
  ],
  ['D-1011', '株式会社つばめ観光', '1011', ['082', '050'], 'biz', '0', 380, monthly('20000', 'card')],
  [
    'D-1012',
    '株式会社かもめコールセンター',
    '1012',
    ['03', '0120', '050', '050'],
    'biz',
    '0.5',
    600,
    [...monthly('30000', 'bank_transfer'), charge(0, 11, '25000', 'bank_transfer')],
  ],
];

/** An area code, then zeros where customers' numbers are, then the account's own digits. */
function numberOf(code: string, own: string, index: number): string {
  const length = code === '050' ? 11 : 10;
  const tail = String(Number(own) + index * 100);
  return `${code}${'0'.repeat(length - code.length - tail.length)}${tail}`;
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = ROWS.map(
  ([id, name, own, codes, tariff, incomingDiscount, calls, charges]) => ({
    id,
    name,
    numbers: codes.map((code, index) => numberOf(code, own, index)),
    tariff,
    incomingDiscount,
    calls,
    charges,
  }),
);

/** The customer whose key is handed out. */
export const DEMO_CUSTOMER = 'D-1001';
