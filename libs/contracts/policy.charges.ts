/** `1000-5000000`: the least and the most, both allowed. */
const LIMITS = /^[1-9]\d{0,9}-[1-9]\d{0,9}$/;

const about = (method: string, cases: string): string =>
  `least and most yen of one charge by ${method}, like \`1000-5000000\` (${cases})`;

/** What one charge may be, by the way it was paid; whole yen always (DECISIONS: Prepaid ledger). */
export const CHARGE_POLICIES = {
  'charge.limits-card': {
    form: LIMITS,
    standard: '1000-5000000',
    about: about('credit card', 'PL-01, PL-02'),
  },
  'charge.limits-net-bank': { form: LIMITS, standard: '1000-5000000', about: about('net bank', 'PL-03') },
  'charge.limits-konbini': {
    form: LIMITS,
    standard: '2000-300000',
    about: about('convenience store', 'PL-04, PL-05'),
  },
  'charge.limits-bank-transfer': {
    form: LIMITS,
    standard: '1-5000000',
    about: about('bank transfer', 'PL-06, PL-07'),
  },
} as const satisfies Record<string, { form: RegExp; standard: string; about: string }>;

export type ChargeLimitsPolicy = keyof typeof CHARGE_POLICIES;

/** Whole yen, both allowed. */
export interface ChargeLimits {
  readonly least: number;
  readonly most: number;
}

export function chargeLimitsOf(value: string): ChargeLimits {
  const [least = '', most = ''] = value.split('-');
  return { least: Number.parseInt(least, 10), most: Number.parseInt(most, 10) };
}

/** A range that no amount fits would refuse every charge. */
export const isEmptyRange = (name: string, value: string): boolean => {
  if (!Object.hasOwn(CHARGE_POLICIES, name)) return false;
  const { least, most } = chargeLimitsOf(value);
  return least > most;
};
