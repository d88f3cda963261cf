import { z } from 'zod';
import { Money, valueProblems } from '#kernel';
import { bankFileProblems, DEPOSIT_ENDS } from '#payments';
import { accountId, amount, businessDay, described, reason, saying, words } from '../engine/inputs.js';
import { paymentId } from './payments.inputs.js';

// What is asked of deposits, in the words of whoever asks.

export const depositFile = z.strictObject({
  name: z.string().max(200),
  /** The whole file. */
  bytes: z.custom<Uint8Array>(given => given instanceof Uint8Array, saying(valueProblems.REQUIRED)),
});
export type DepositFileInput = z.output<typeof depositFile>;

const wholeYen = amount.refine(
  given => given === Money.toWholeYen(given, 'down'),
  saying(bankFileProblems.NOT_WHOLE_YEN),
);

export const newDeposit = z.strictObject({
  day: described(businessDay, { ja: '入金日。', en: 'The day on which it came in.' }),
  amount: wholeYen,
  payer: described(words(100), {
    ja: '振込依頼人名。銀行の明細のとおりに。',
    en: 'Who paid, as the bank writes it.',
    short: 'name',
  }),
  reason,
});
export type NewDeposit = z.output<typeof newDeposit>;

const depositId = described(z.string().regex(/^\d{15}-\d{8}-\d{1,6}$/), {
  ja: '入金のID。',
  en: 'The id of a deposit.',
  short: 'deposit',
});

export const resolvedDeposit = z
  .strictObject({
    deposit: depositId,
    end: described(z.enum(DEPOSIT_ENDS), {
      ja:
        '扱い。order：この申し込みの支払いとする、account：このアカウントにチャージする、' +
        'returned：振込人に返金した、noted：お金の動きのない入金として確認した。',
      en:
        'What becomes of it. order: it pays this order; account: it is charged to this account; returned: ' +
        'it was sent back; noted: it is no money.',
    }),
    payment: paymentId.optional(),
    account: accountId.optional(),
    reason,
  })
  .refine(({ end, payment }) => end !== 'order' || payment !== undefined, {
    path: ['payment'],
    ...saying(valueProblems.REQUIRED_WITH, { other: 'end=order' }),
  })
  .refine(({ end, account }) => end !== 'account' || account !== undefined, {
    path: ['account'],
    ...saying(valueProblems.REQUIRED_WITH, { other: 'end=account' }),
  });
export type ResolvedDeposit = z.output<typeof resolvedDeposit>;

export const givenVirtualAccount = z.strictObject({
  number: described(
    z
      .string()
      .normalize('NFKC')
      .regex(/^\d{10}$/),
    {
      ja: '振込専用口座。支店番号3桁と口座番号7桁を続けた10桁。',
      en: 'A virtual account: branch (3) and number (7), ten digits.',
      short: 'number',
    },
  ),
  account: accountId,
});
export type GivenVirtualAccount = z.output<typeof givenVirtualAccount>;
