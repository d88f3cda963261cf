import {
  BusinessDay,
  dateTextInWords,
  Instant,
  type Language,
  type MessageStyle,
  type MessageText,
  Money,
  MoneyTotal,
  mailText,
} from '#kernel';
import type { PaymentMethod } from '../methods.js';
import type { Instructions } from '../payment/payment.state.js';

// What customers are told by mail of their prepaid value (003 p.67, p.70 to p.77). Nothing here sends.

const METHODS: Readonly<Record<PaymentMethod, Readonly<Record<Language, string>>>> = {
  card: { ja: 'クレジットカード', en: 'credit card' },
  net_bank: { ja: 'ネットバンク振込', en: 'net bank' },
  konbini: { ja: 'コンビニ決済', en: 'convenience store' },
  bank_transfer: { ja: '銀行振込', en: 'bank transfer' },
};

/** What is typed into the machine of a shop. */
const NUMBERS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  receipt: { ja: 'お支払受付番号', en: 'Receipt number' },
  confirmation: { ja: '確認番号', en: 'Confirmation number' },
  company: { ja: '企業コード', en: 'Company code' },
  order: { ja: '注文番号', en: 'Order number' },
  online: { ja: 'オンライン決済番号', en: 'Online payment number' },
  phone: { ja: '電話番号', en: 'Telephone number' },
  voucher: { ja: '払込票番号', en: 'Voucher number' },
};

/** Why a card was refused, as its holder may read it. */
const DECLINED: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  declined: {
    ja: 'カード会社で承認されませんでした。',
    en: 'The card company did not accept it.',
  },
  insufficient_funds: {
    ja: 'カードのご利用可能額が不足しています。',
    en: 'The card has not enough funds.',
  },
  expired_card: { ja: 'カードの有効期限が切れています。', en: 'The card has expired.' },
  authentication_failed: { ja: '本人認証ができませんでした。', en: 'The holder was not authenticated.' },
  authentication_required: {
    ja: 'カード会社が毎回の本人認証を求めています。チャージ画面からお支払いください。',
    en: 'The card company wants its holder to confirm each payment: please charge it on the page.',
  },
  no_3d_secure: { ja: '3Dセキュアに対応していないカードです。', en: 'The card has no 3-D Secure.' },
};
const OTHERWISE = {
  ja: '決済を完了できませんでした。料金はいただいていません。',
  en: 'It could not be completed. Nothing was charged.',
};

const yen = (amount: Money, language: Language): string =>
  language === 'ja' ? `${Money.display(amount, 0)}円` : `${Money.display(amount, 0)} yen`;
const dayInWords = (at: Instant, language: Language): string =>
  dateTextInWords(BusinessDay.text(BusinessDay.of(at)), language);
/** The order that a mail is about. */
export interface PaymentNotice extends MessageStyle {
  readonly payment: string;
  readonly method: PaymentMethod;
  readonly amount: Money;
  readonly recharge: boolean;
  readonly paymentLink: string;
}

const orderLines = ({ payment, method, amount }: PaymentNotice, language: Language): string[] =>
  language === 'ja'
    ? [`お支払い番号: ${payment}`, `金額: ${yen(amount, 'ja')}（${METHODS[method].ja}）`]
    : [`Payment: ${payment}`, `Amount: ${yen(amount, 'en')} (${METHODS[method].en})`];

export interface PaymentInstructionsNotice extends PaymentNotice {
  readonly instructions: Instructions;
  readonly payableUntil: Instant;
}

function howToPay({ numbers, transferTo }: Instructions, language: Language): string[] {
  const lines = numbers.map(({ kind, value }) => `${NUMBERS[kind]?.[language] ?? kind}: ${value}`);
  if (transferTo === null) return lines;
  const { bank, branch, kind, number, holder } = transferTo;
  const isOrdinary = kind === 'ordinary';
  return language === 'ja'
    ? [
        ...lines,
        ...[`金融機関: ${bank}`, `支店: ${branch}`],
        ...[`口座: ${isOrdinary ? '普通' : '当座'} ${number}`, `口座名義: ${holder}`],
      ]
    : [
        ...lines,
        ...[`Bank: ${bank}`, `Branch: ${branch}`],
        ...[`Account: ${isOrdinary ? 'ordinary' : 'current'} ${number}`, `Holder: ${holder}`],
      ];
}

/** Where and until when it can be paid (PAY-06 to PAY-08). */
export function paymentInstructionsNotice(of: PaymentInstructionsNotice): MessageText {
  const { instructions, payableUntil, paymentLink, language } = of;
  const [how, until] = [howToPay(instructions, language), dayInWords(payableUntil, language)];
  const isTransfer = instructions.transferTo !== null;
  return mailText(of, {
    ja: [
      'お支払い方法のご案内',
      'プリペイドのご購入のお申し込みを承りました。次のとおりお支払いください。',
      ...orderLines(of, 'ja'),
      '',
      ...how,
      `お支払い期限: ${until}`,
      '',
      ...(isTransfer ? ['振込手数料はお客様のご負担です。ご契約者と同じ名義でお振り込みください。'] : []),
      '金額が異なる場合は、自動でチャージされません。期限を過ぎたお申し込みは取り消されます。',
      paymentLink,
    ],
    en: [
      'How to pay',
      'You ordered prepaid value. Please pay it as follows.',
      ...orderLines(of, 'en'),
      '',
      ...how,
      `Until: ${until}`,
      '',
      ...(isTransfer ? ['The fee of the transfer is yours. Transfer in the name of the contract.'] : []),
      'Another amount is not charged by itself. What is not paid in time is cancelled.',
      paymentLink,
    ],
  });
}

/** That it is paid, and charged (003 p.72). */
export function paymentCompletedNotice(of: PaymentNotice): MessageText {
  const { recharge, paymentLink } = of;
  return mailText(of, {
    ja: [
      recharge ? 'オートリチャージのお知らせ' : 'チャージ完了のお知らせ',
      recharge
        ? '残高が設定された額以下になったため、登録済みのカードでチャージしました。'
        : 'お支払いを確認し、プリペイド残高にチャージしました。',
      ...orderLines(of, 'ja'),
      '',
      paymentLink,
    ],
    en: [
      recharge ? 'Your balance was recharged' : 'Your balance was charged',
      recharge
        ? 'Your balance was at or below the amount that you set: your registered card was charged.'
        : 'Your payment has come in, and is in your prepaid balance.',
      ...orderLines(of, 'en'),
      '',
      paymentLink,
    ],
  });
}

/** That nobody paid it in time (PAY-07). */
export const paymentExpiredNotice = (of: PaymentNotice): MessageText =>
  mailText(of, {
    ja: [
      'お申し込み取り消しのお知らせ',
      'お支払い期限までにご入金が確認できなかったため、プリペイドのお申し込みを取り消しました。',
      ...orderLines(of, 'ja'),
      '',
      of.paymentLink,
    ],
    en: [
      'Your order was cancelled',
      'It was not paid in time, so your order of prepaid value is cancelled.',
      ...orderLines(of, 'en'),
      '',
      of.paymentLink,
    ],
  });

export interface BalanceAlertNotice extends MessageStyle {
  readonly balance: MoneyTotal;
  readonly alertAmounts: readonly Money[];
  readonly chargeLink: string;
}

/** That the balance has fallen below what the customer set (PRE-02). */
export function balanceAlertNotice(of: BalanceAlertNotice): MessageText {
  const { balance, alertAmounts, chargeLink } = of;
  const list = (language: Language) => alertAmounts.map(amount => yen(amount, language)).join(', ');
  return mailText(of, {
    ja: [
      'プリペイド残額のお知らせ',
      'プリペイド残額が、設定された通知額を下回りました。',
      `残額: ${MoneyTotal.text(balance)}円`,
      `通知額: ${list('ja')}`,
      '',
      'チャージはこちらから:',
      chargeLink,
    ],
    en: [
      'Your prepaid balance is low',
      'Your prepaid balance has fallen below the amount that you set.',
      `Balance: ${MoneyTotal.text(balance)} yen`,
      `Alert amount: ${list('en')}`,
      '',
      'Charge it here:',
      chargeLink,
    ],
  });
}

export interface RechargeFailedNotice extends MessageStyle {
  readonly amount: Money;
  readonly why: string;
  readonly switchedOff: boolean;
  readonly failures: number;
  readonly settingsLink: string;
}

/** Why the card was not charged, and what comes next (PRE-11). */
export function rechargeFailedNotice(of: RechargeFailedNotice): MessageText {
  const { amount, why, switchedOff, failures, settingsLink } = of;
  const reason = DECLINED[why] ?? OTHERWISE;
  return mailText(of, {
    ja: [
      switchedOff ? 'オートリチャージ停止のお知らせ' : 'オートリチャージができなかったお知らせ',
      `登録済みのカードで${yen(amount, 'ja')}をチャージできませんでした。`,
      `理由: ${reason.ja}`,
      ...(switchedOff
        ? [`${failures}回続けて決済できなかったため、このカードのオートリチャージを停止しました。`]
        : ['時間をおいて、もう一度チャージします。']),
      '',
      'カードと設定をご確認ください。',
      settingsLink,
    ],
    en: [
      switchedOff ? 'Auto-recharge is switched off' : 'Your balance could not be recharged',
      `Your registered card could not be charged ${yen(amount, 'en')}.`,
      `Why: ${reason.en}`,
      ...(switchedOff
        ? [`It was refused ${failures} times in a row: it is not charged by itself any more.`]
        : ['It will be tried again later.']),
      '',
      'Please look at your card and your settings.',
      settingsLink,
    ],
  });
}

export interface RechargeStoppedNotice extends MessageStyle {
  readonly monthTotal: Money;
  readonly amount: Money;
  readonly limit: Money;
  readonly settingsLink: string;
}

/** That the limit of the month is reached (PRE-08). */
export function rechargeStoppedNotice(of: RechargeStoppedNotice): MessageText {
  const { monthTotal, amount, limit, settingsLink } = of;
  return mailText(of, {
    ja: [
      'オートリチャージ限度額のお知らせ',
      '今月の累計が限度額を超えるため、オートリチャージを翌月まで停止しました。',
      `今月の累計: ${yen(monthTotal, 'ja')}`,
      `1回のチャージ額: ${yen(amount, 'ja')}`,
      `限度額: ${yen(limit, 'ja')}`,
      '',
      settingsLink,
    ],
    en: [
      'The limit of auto-recharge',
      'One more charge would exceed your limit of the month: none is made until the next month.',
      `This month: ${yen(monthTotal, 'en')}`,
      `Each time: ${yen(amount, 'en')}`,
      `Limit: ${yen(limit, 'en')}`,
      '',
      settingsLink,
    ],
  });
}

export interface ValueExpiresNotice extends MessageStyle {
  readonly expiring: readonly { readonly expiresOn: BusinessDay; readonly amount: Money }[];
  readonly prepaidLink: string;
}

/** Until when which value can be used; what is not used then is lost (PRX-01). */
export function valueExpiresNotice(of: ValueExpiresNotice): MessageText {
  const { expiring, prepaidLink, language } = of;
  const lines = expiring.map(({ expiresOn, amount }) => {
    const day = dateTextInWords(BusinessDay.text(expiresOn), language);
    const value = Money.display(amount, amount === Money.toWholeYen(amount, 'down') ? 0 : 4);
    return language === 'ja' ? `- ${day}まで: ${value}円` : `- through ${day}: ${value} yen`;
  });
  return mailText(of, {
    ja: [
      'プリペイド残高の有効期限のお知らせ',
      '次のプリペイド残高の有効期限が近づいています。期限を過ぎた残高は失効し、返金はできません。',
      ...lines,
      '',
      '先に期限が来る残高から順に使われます。',
      prepaidLink,
    ],
    en: [
      'Prepaid value will expire',
      'This value can be used through the day that is given. After it, it is lost without refund.',
      ...lines,
      '',
      'What expires first is used first.',
      prepaidLink,
    ],
  });
}

export interface ChargeTakenBackNotice extends MessageStyle {
  readonly amount: Money;
  /** What was spent of it, with tax. */
  readonly receivable: Money;
  readonly suspended: boolean;
  readonly prepaidLink: string;
}

/** That the money of a charge went back, so that its value is gone. */
export function chargeTakenBackNotice(of: ChargeTakenBackNotice): MessageText {
  const { amount, receivable, suspended, prepaidLink } = of;
  const owed = Money.display(receivable, 4);
  return mailText(of, {
    ja: [
      'チャージ取り消しのお知らせ',
      `チャージの代金${yen(amount, 'ja')}がお支払い元に返金されたため、同額を残高から差し引きました。`,
      ...(receivable > 0 ? [`既にご利用済みのため、未払いとなった額: ${owed}円`] : []),
      ...(suspended
        ? ['未払い額があるため、サービスを停止しました。チャージしていただくと再開します。']
        : []),
      '',
      prepaidLink,
    ],
    en: [
      'A charge was taken back',
      `${yen(amount, 'en')} of a charge went back to whoever paid it: the same was taken from your balance.`,
      ...(receivable > 0 ? [`Spent already, and owed now: ${owed} yen`] : []),
      ...(suspended ? ['Your service is suspended until that is paid.'] : []),
      '',
      prepaidLink,
    ],
  });
}
