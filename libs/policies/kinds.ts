import { BusinessDay, type DaysOfYear, InvalidInput, Money, type Sentence } from '#kernel';

/** What a policy is measured in, as people read it. */
export const UNITS = {
  days: { ja: '日', en: 'days' },
  businessDays: { ja: '営業日', en: 'business days' },
  months: { ja: 'か月', en: 'months' },
  minutes: { ja: '分', en: 'minutes' },
  seconds: { ja: '秒', en: 'seconds' },
  milliseconds: { ja: 'ミリ秒', en: 'milliseconds' },
  yen: { ja: '円', en: 'yen' },
  basisPoints: { ja: '1/100 %', en: '1/100 percent' },
  megabytes: { ja: 'MB', en: 'MB' },
  characters: { ja: '文字', en: 'characters' },
  times: { ja: '回', en: 'times' },
  none: { ja: '', en: '' },
} as const satisfies Readonly<Record<string, Sentence>>;
export type Unit = keyof typeof UNITS;

/** What is said of a policy beside its name. */
interface PolicySaid {
  readonly unit: Unit;
  /** The allowed form of its value as a text. */
  readonly form: RegExp;
  /** What holds until the catalogue says otherwise. */
  readonly standard: string;
  readonly about: Sentence;
}

/** One rule that has a number, or a text as good as one. */
export interface Policy<Value = unknown> extends PolicySaid {
  /** The value that a text of its form stands for; each text is read once. */
  readonly read: (text: string) => Value;
  /** @throws InvalidInput naming `field` for a text of the form that stands for nothing */
  readonly check: (text: string, field: string) => void;
}

function kind<Value>(
  parse: (text: string) => Value,
  check: (text: string, field: string) => void = () => undefined,
): (said: PolicySaid) => Policy<Value> {
  return said => {
    const known = new Map<string, { readonly value: Value }>();
    const read = (text: string): Value => {
      let found = known.get(text);
      if (found === undefined) {
        found = { value: parse(text) };
        known.set(text, found);
      }
      return found.value;
    };
    return { ...said, read, check };
  };
}

const list = (text: string): string[] => (text === '' ? [] : text.split(','));

export const wholeNumber = kind(text => Number.parseInt(text, 10));
/** Whole yen. */
export const money = kind(text => Money.of(text));
export const text = kind(value => value);
/** One of a few words: those of its form. */
export const oneOf = <Word extends string>(...words: readonly Word[]) =>
  kind(value => words.find(word => word === value)!);
export const yesOrNo = (yes: string) => kind(value => value === yes);
export const texts = kind<readonly string[]>(list);
export const setOfTexts = kind<ReadonlySet<string>>(value => new Set(list(value)));

/** `30,7,1`: whole numbers. */
export const wholeNumbers = kind<readonly number[]>(value =>
  list(value).map(one => Number.parseInt(one, 10)),
);

/** `0120=free_call,0570=navi_dial`: words by the text before them. */
export const wordsByText = kind<Readonly<Record<string, string>>>(
  value => Object.fromEntries(list(value).map(pair => pair.split('=') as [string, string])),
  (value, field) => {
    const names = list(value).map(pair => pair.split('=')[0]!);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) throw new InvalidInput(field, `names ${twice} twice`);
  },
);

/** The least and the most, both allowed. */
export interface MoneyRange {
  readonly least: Money;
  readonly most: Money;
}
const rangeOf = (value: string): MoneyRange => {
  const [least = '', most = ''] = value.split('-');
  return { least: Money.of(least), most: Money.of(most) };
};
/** `1000-5000000`. A range that no amount fits would refuse everything. */
export const moneyRange = kind(rangeOf, (value, field) => {
  const { least, most } = rangeOf(value);
  if (least > most) throw new InvalidInput(field, 'must name the least first, then the most');
});

const daysOf = (value: string, field: string): BusinessDay[] =>
  list(value).map(day => BusinessDay.parse(day, field));
/** `2026-08-13,2026-08-14` */
export const days = kind<readonly BusinessDay[]>(value => daysOf(value, 'value'), daysOf);

/** `12-31,01-01`. In a leap year every day exists. */
export const daysOfYear = kind<DaysOfYear>(
  value => new Set(list(value)),
  (value, field) => {
    for (const day of list(value)) BusinessDay.parse(`2000-${day}`, field);
  },
);

/** The provider's own account at a bank, for transfers. */
export interface OwnBankAccount {
  /** 4 digits. */
  readonly bank: string;
  readonly bankName: string;
  /** 3 digits. */
  readonly branch: string;
  readonly branchName: string;
  readonly kind: 'ordinary' | 'current';
  /** 7 digits. */
  readonly number: string;
  readonly holder: string;
}
/** `0001/みずほ銀行/001/本店/ordinary/1234567/カ）ダイチョウ`; empty: there is none. */
export const bankAccount = kind<OwnBankAccount | null>(value => {
  if (value === '') return null;
  const [bank = '', bankName = '', branch = '', branchName = '', type, number = '', holder = ''] =
    value.split('/');
  const account = { bank, bankName, branch, branchName, number, holder };
  return { ...account, kind: type === 'current' ? 'current' : 'ordinary' };
});
