import { accountRefusals } from '#contracts';
import {
  type Details,
  defineProblems,
  defineRefusals,
  problem,
  type Refusal,
  type Rejection,
  rejection,
  type SaidProblem,
} from '#kernel';
import { walletRefusals } from '#ledger';
import { prepaidRefusals } from '../prepaid/refusals.js';

/** Why a call that can be read cannot be priced: what stands beside its field on the suspense list. */
export const pricingProblems = defineProblems({
  IN_THE_FUTURE: {
    ja: '未来の日時です。交換機の時計を確認してください。',
    en: 'lies in the future: the clock of the switch is wrong',
  },
  UNKNOWN_ACCOUNT: {
    ja: 'アカウント {account} は登録されていません。',
    en: 'there is no account {account}',
  },
  BEFORE_FIRST_DAY: {
    ja: 'アカウントの開設日（{day}）より前の通話です。',
    en: 'is before {day}, the first day of the account',
  },
  NUMBER_OF_ANOTHER_ACCOUNT: {
    ja: 'アカウント {account} の番号ではなく、別のアカウントの番号です。',
    en: 'belongs to another account than {account}',
  },
  NUMBER_NOT_IN_CONTRACT: {
    ja: '電話番号 {number} は、通話の日（{day}）にはご契約がありません。',
    en: 'is {number}, which is not in contract on {day}',
  },
  NUMBER_WITHOUT_UNIQUE: {
    ja: '電話番号 {number} は、通話の時点でどのユニークにも設定されていません（{policy}）。',
    en: 'is {number}, which is set on no unique when the call begins ({policy})',
  },
  UNKNOWN_TARIFF: {
    ja: 'アカウントの料金表 {tariff} が公開されていません。',
    en: 'its tariff {tariff} is not published',
  },
  SUM_OUT_OF_RANGE: {
    ja: '料金が台帳で扱える金額を超えます。',
    en: 'would cost more than the ledger can hold',
  },
  NO_RATE: {
    ja: 'この発信先と日時に当てはまる料金がありません。',
    en: 'no tariff row prices this destination at this time',
  },
  UNREADABLE_NUMBER: {
    ja: '発信先の番号を電話番号として読み取れません。',
    en: 'is not a telephone number that can be read',
  },
});
export type PricingReason = keyof typeof pricingProblems;

/** A call that is not charged as it stands. */
export interface SuspendedCall {
  readonly kind: 'suspended';
  readonly reason: PricingReason;
  readonly field: string;
  readonly values: Details;
}
export const suspended = (reason: PricingReason, field: string, values: Details = {}): SuspendedCall => ({
  kind: 'suspended',
  reason,
  field,
  values,
});

/** The same where a call is settled or corrected: in a sentence of its own. */
export const callRefusals = defineRefusals({
  IN_THE_FUTURE: prepaidRefusals.IN_THE_FUTURE,
  NO_SUCH_ACCOUNT: accountRefusals.NO_SUCH_ACCOUNT,
  BEFORE_FIRST_DAY: {
    status: 422,
    ja: pricingProblems.BEFORE_FIRST_DAY.ja,
    en: 'The call is before {day}, the first day of the account.',
  },
  NUMBER_OF_ANOTHER_ACCOUNT: {
    status: 422,
    ja: pricingProblems.NUMBER_OF_ANOTHER_ACCOUNT.ja,
    en: 'The number belongs to another account than {account}.',
  },
  NUMBER_NOT_IN_CONTRACT: {
    status: 422,
    ja: pricingProblems.NUMBER_NOT_IN_CONTRACT.ja,
    en: 'Number {number} is not in contract on {day}.',
  },
  NUMBER_WITHOUT_UNIQUE: {
    status: 422,
    ja: pricingProblems.NUMBER_WITHOUT_UNIQUE.ja,
    en: 'Number {number} is set on no unique when the call begins ({policy}).',
  },
  UNKNOWN_TARIFF: {
    status: 422,
    ja: pricingProblems.UNKNOWN_TARIFF.ja,
    en: "The account's tariff {tariff} is not published.",
  },
  SUM_OUT_OF_RANGE: walletRefusals.SUM_OUT_OF_RANGE,
  NO_RATE: {
    status: 422,
    ja: pricingProblems.NO_RATE.ja,
    en: 'No tariff row prices this destination at this time.',
  },
  UNREADABLE_NUMBER: {
    status: 422,
    ja: pricingProblems.UNREADABLE_NUMBER.ja,
    en: 'The called number is not a telephone number that can be read.',
  },
});

const REFUSED: Readonly<Record<PricingReason, Refusal>> = {
  ...callRefusals,
  UNKNOWN_ACCOUNT: callRefusals.NO_SUCH_ACCOUNT,
};

/** A call that cannot be priced, as a refusal. */
export const refusalOfPricing = (reason: PricingReason, details: Details): Rejection =>
  rejection(REFUSED[reason], details);

/** The same as it stands on the suspense list. */
export const problemOfPricing = (priced: { reason: PricingReason; values: Details }): SaidProblem =>
  problem<string, string>(pricingProblems[priced.reason], priced.values);
