import {
  BusinessDay,
  dateTextInWords,
  Instant,
  type Language,
  type MessageStyle,
  type MessageText,
  Money,
  mailText,
  oneLine,
} from '#kernel';
import type { AskedAgain } from '../parties/papers.js';

// What customers are told by mail of what they bought, cancelled and owe. Nothing here sends.

/** Longer lists are on the page that the mail leads to. */
const LISTED_AT_MOST = 50;
const SHOWN_NAME = 120;

/** What a mail calls a product or a contract. */
export interface Named {
  readonly nameJa: string;
  readonly nameEn: string;
  readonly number: string | null;
}

export interface OrderedLine extends Named {
  readonly class: 'monthly' | 'initial' | 'device' | 'cancel';
  readonly quantity: number;
  /** Net, for the month of the order. */
  readonly contractMonth: Money;
}

export interface EndingContract extends Named {
  readonly endsOn: BusinessDay;
}

export const dayInWords = (of: BusinessDay, language: Language): string =>
  dateTextInWords(BusinessDay.text(of), language);
const minute = (at: Instant, language: Language): string =>
  `${dayInWords(BusinessDay.of(at), language)} ${Instant.text(at).slice(11, 16)}`;

export const nameOf = ({ nameJa, nameEn, number }: Named, language: Language): string => {
  const name = oneLine(language === 'ja' ? nameJa : nameEn, SHOWN_NAME);
  if (number === null) return name;
  return language === 'ja' ? `${name}（${number}）` : `${name} (${number})`;
};

/** One line each; of a long list its beginning, and how many follow. */
export function listed<One>(all: readonly One[], language: Language, line: (one: One) => string): string[] {
  const shown = all.slice(0, LISTED_AT_MOST).map(line);
  const more = all.length - shown.length;
  if (more === 0) return shown;
  return [...shown, language === 'ja' ? `ほか${more}件` : `and ${more} more`];
}

const CLASSES = {
  monthly: { ja: '月額費用（ご契約月）', en: 'monthly fee, this month' },
  initial: { ja: '初期費用', en: 'initial fee' },
  device: { ja: '機器・送料', en: 'device or shipping' },
  cancel: { ja: '解約', en: 'cancelled' },
} as const;

const lineOf = (one: OrderedLine, language: Language): string => {
  const parts = [nameOf(one, language), CLASSES[one.class][language]];
  if (one.class === 'cancel') return `- ${parts.join(' / ')}`;
  const amount = Money.display(one.contractMonth, 4);
  parts.push(language === 'ja' ? `数量${one.quantity}` : `quantity ${one.quantity}`);
  parts.push(language === 'ja' ? `${amount}円（税抜）` : `${amount} yen net`);
  return `- ${parts.join(' / ')}`;
};

const endOf = (one: EndingContract, language: Language): string =>
  language === 'ja'
    ? `- ${nameOf(one, language)}：${dayInWords(one.endsOn, language)}終了`
    : `- ${nameOf(one, language)}: last day ${dayInWords(one.endsOn, language)}`;

export interface OrderCompletedNotice extends MessageStyle {
  readonly order: string;
  readonly lines: readonly OrderedLine[];
  /** With tax, paid from the balance. */
  readonly due: Money;
  /** Net, every month from the next one on. */
  readonly monthly: Money;
  /** What ends with this order. */
  readonly ends: readonly EndingContract[];
  /** Where the order, and where the terminals that were bought, are shown. */
  readonly orderLink: string;
  readonly circlesLink: string;
}

/** What was bought, what it costs, and where to set it up (CRT-07). */
export function orderCompletedNotice(of: OrderCompletedNotice): MessageText {
  const { order, lines, ends, orderLink, circlesLink, language } = of;
  const [due, monthly] = [Money.display(of.due, 4), Money.display(of.monthly, 4)];
  const all = listed(lines, language, line => lineOf(line, language));
  const over = listed(ends, language, one => endOf(one, language));
  return mailText(of, {
    ja: [
      'ご注文完了のお知らせ',
      'ご購入ありがとうございます。次のご注文が完了しました。',
      `ご注文番号: ${order}`,
      '',
      ...all,
      '',
      `お支払い額（税込、残高から引き落とし済み）: ${due}円`,
      `月額費用（翌月以降、税抜）: ${monthly}円`,
      ...(over.length > 0 ? ['', '解約を承った契約:', ...over] : []),
      '',
      'ご注文の内容:',
      orderLink,
      '新規購入ユニークの設定:',
      circlesLink,
    ],
    en: [
      'Your order is complete',
      'Thank you for your order. It is complete.',
      `Order: ${order}`,
      '',
      ...all,
      '',
      `Paid from your balance, with tax: ${due} yen`,
      `Every month from the next one on, net: ${monthly} yen`,
      ...(over.length > 0 ? ['', 'Cancelled with it:', ...over] : []),
      '',
      'Your order:',
      orderLink,
      'Settings of what you bought:',
      circlesLink,
    ],
  });
}

/** Why an order came to nothing, as its buyer may read it. */
const REFUSED_FOR = {
  funds: { ja: '残高が不足していました。', en: 'Your balance does not cover it.' },
  numbers: {
    ja: 'お選びの電話番号を確保できませんでした。',
    en: 'A telephone number that you chose is not available.',
  },
  month: { ja: '手続きの途中で月が変わりました。', en: 'The month changed while it was under way.' },
  other: { ja: '手続きを完了できませんでした。', en: 'It could not be completed.' },
} as const;
export type RefusedFor = keyof typeof REFUSED_FOR;

/** Groups the code of a refusal by what it means to the buyer. */
export function refusedFor(code: string): RefusedFor {
  if (code === 'INSUFFICIENT_FUNDS' || code === 'HOLD_GONE') return 'funds';
  if (code.startsWith('NUMBER')) return 'numbers';
  return code === 'ORDER_OVER' ? 'month' : 'other';
}

export interface OrderRefusedNotice extends MessageStyle {
  readonly order: string;
  readonly why: RefusedFor;
  /** With tax; null: nothing was missing. */
  readonly missing: Money | null;
  readonly cartLink: string;
}

export function orderRefusedNotice(of: OrderRefusedNotice): MessageText {
  const { order, why, missing, cartLink } = of;
  const short = missing === null ? null : Money.display(missing, 4);
  return mailText(of, {
    ja: [
      'ご注文が完了しなかったお知らせ',
      `ご注文（${order}）は完了しませんでした。料金はいただいていません。`,
      `理由: ${REFUSED_FOR[why].ja}`,
      ...(short === null ? [] : [`不足額: ${short}円`]),
      '',
      '内容をご確認のうえ、もう一度ご注文ください。',
      cartLink,
    ],
    en: [
      'Your order could not be completed',
      `Order ${order} came to nothing. Nothing was charged.`,
      `Why: ${REFUSED_FOR[why].en}`,
      ...(short === null ? [] : [`Missing: ${short} yen`]),
      '',
      'Please look at it and order again.',
      cartLink,
    ],
  });
}

export interface ContractsNotice extends MessageStyle {
  readonly contractsLink: string;
}
export interface CancelledNotice extends ContractsNotice {
  readonly ends: readonly EndingContract[];
  readonly endsWith: 'contract' | 'circle' | 'account';
  /** The last day of what was cancelled as a whole; null for single contracts. */
  readonly wholeEndsOn: BusinessDay | null;
  /** The earliest; null: it cannot be undone. */
  readonly undoUntil: Instant | null;
  /** The policies that gave the day. */
  readonly policy: string;
}

const WHAT_ENDS = {
  contract: { ja: '次の契約の解約を承りました。', en: 'These contracts are cancelled.' },
  circle: {
    ja: 'サークルの解約を承りました。サークルの中の契約もすべて終了します。',
    en: 'A circle is cancelled, with everything in it.',
  },
  account: {
    ja: 'アカウントの解約を承りました。すべての契約が終了します。',
    en: 'Your account is cancelled, with everything in it.',
  },
} as const;

/** The day of the end, and the rule that gave it (DECISIONS: Contracts). */
export function cancelledNotice(of: CancelledNotice): MessageText {
  const { ends, endsWith, wholeEndsOn, undoUntil, policy, contractsLink, language } = of;
  const all = listed(ends, language, one => endOf(one, language));
  const [whole, until] = [
    wholeEndsOn && dayInWords(wholeEndsOn, language),
    undoUntil && minute(undoUntil, language),
  ];
  return mailText(of, {
    ja: [
      '解約受付のお知らせ',
      WHAT_ENDS[endsWith].ja,
      ...(whole === null ? [] : [`終了日: ${whole}`]),
      ...all,
      '',
      '終了日の翌日0時にサービスが停止します。',
      until === null ? 'この解約は取り消せません。' : `取り消しの期限: ${until}（日本時間）`,
      ...(policy === '' ? [] : [`適用した規則: ${policy}`]),
      '',
      contractsLink,
    ],
    en: [
      'Your cancellation',
      WHAT_ENDS[endsWith].en,
      ...(whole === null ? [] : [`Last day: ${whole}`]),
      ...all,
      '',
      'The service stops at 00:00 (Japan time) of the day after.',
      until === null ? 'This cannot be undone.' : `It can be undone until ${until} (Japan time).`,
      ...(policy === '' ? [] : [`Rule: ${policy}`]),
      '',
      contractsLink,
    ],
  });
}

export interface UndoneNotice extends ContractsNotice {
  readonly contracts: readonly Named[];
  readonly circle: boolean;
}

export function undoneNotice(of: UndoneNotice): MessageText {
  const { contracts, circle, contractsLink, language } = of;
  const all = listed(contracts, language, one => `- ${nameOf(one, language)}`);
  return mailText(of, {
    ja: [
      '解約取り消しのお知らせ',
      circle
        ? 'サークルの解約を取り消しました。'
        : '解約を取り消しました。次の契約は引き続きご利用いただけます。',
      ...all,
      '',
      contractsLink,
    ],
    en: [
      'Your cancellation was undone',
      circle ? 'The cancellation of a circle was undone.' : 'These contracts go on.',
      ...all,
      '',
      contractsLink,
    ],
  });
}

export interface EndedNotice extends ContractsNotice {
  readonly ends: readonly EndingContract[];
}

export function endedNotice(of: EndedNotice): MessageText {
  const { ends, contractsLink, language } = of;
  const all = listed(ends, language, one => endOf(one, language));
  return mailText(of, {
    ja: ['契約終了のお知らせ', '次の契約が終了しました。', ...all, '', contractsLink],
    en: ['Contracts have ended', 'These contracts are over.', ...all, '', contractsLink],
  });
}

export interface SuspendedNotice extends MessageStyle {
  readonly owingSince: Instant;
  /** With tax. */
  readonly owed: Money;
  readonly prepaidLink: string;
}

export function suspendedNotice(of: SuspendedNotice): MessageText {
  const { owingSince, prepaidLink, language } = of;
  const [since, owed] = [dayInWords(BusinessDay.of(owingSince), language), Money.display(of.owed, 4)];
  return mailText(of, {
    ja: [
      'サービス停止のお知らせ',
      '未払いの料金があるため、サービスを停止しました。',
      `未払い額: ${owed}円（${since}から）`,
      '',
      'チャージしていただくと、すぐに再開します。',
      prepaidLink,
    ],
    en: [
      'Your service is suspended',
      'Your service was suspended, because something is owed.',
      `Owed: ${owed} yen, since ${since}`,
      '',
      'It goes on as soon as you charge your balance.',
      prepaidLink,
    ],
  });
}

export interface ResumedNotice extends MessageStyle {
  readonly at: Instant;
}

export const resumedNotice = (of: ResumedNotice): MessageText =>
  mailText(of, {
    ja: [
      'サービス再開のお知らせ',
      '未払いの料金がなくなったため、サービスを再開しました。',
      `日時: ${minute(of.at, 'ja')}（日本時間）`,
    ],
    en: [
      'Your service goes on',
      'Nothing is owed any more: your service was resumed.',
      `When: ${minute(of.at, 'en')} (Japan time)`,
    ],
  });

export interface PaperNotice extends MessageStyle {
  readonly infoLink: string;
}

export interface PaperApprovedNotice extends PaperNotice {
  /** Net, of a change of name that it proves; null: it is none, or costs nothing. */
  readonly nameFee: Money | null;
}

export const paperApprovedNotice = (of: PaperApprovedNotice): MessageText =>
  mailText(of, {
    ja: [
      '本人確認完了のお知らせ',
      'ご提出いただいた本人確認書類を確認しました。',
      ...(of.nameFee === null ? [] : [`名義変更手数料（税抜）: ${Money.display(of.nameFee, 4)}円`]),
      '',
      of.infoLink,
    ],
    en: [
      'Your identity paper was approved',
      'The identity paper that you sent was approved.',
      ...(of.nameFee === null ? [] : [`Fee of the change of name, net: ${Money.display(of.nameFee, 4)} yen`]),
      '',
      of.infoLink,
    ],
  });

const ASKED_FOR: Readonly<Record<AskedAgain, { readonly ja: string; readonly en: string }>> = {
  unclear: { ja: '画像が不鮮明です。', en: 'The picture cannot be read.' },
  cut_off: { ja: '書類の一部が写っていません。', en: 'A part of the paper is not in the picture.' },
  back_missing: { ja: '裏面がありません。', en: 'The back is missing.' },
  expired: { ja: '有効期限が切れています。', en: 'The paper is no longer valid.' },
  too_old: { ja: '発行から3か月を過ぎています。', en: 'It was issued more than three months ago.' },
  other_name: { ja: 'お名前がご登録と異なります。', en: 'The name is not the registered one.' },
  other_address: { ja: 'ご住所がご登録と異なります。', en: 'The address is not the registered one.' },
  wrong_kind: { ja: 'お使いいただけない種類の書類です。', en: 'Papers of this kind do not do.' },
  second_paper_missing: { ja: 'もう1種類の書類が必要です。', en: 'A second paper is needed.' },
};

export interface PaperAskedAgainNotice extends PaperNotice {
  readonly why: AskedAgain;
}

export const paperAskedAgainNotice = (of: PaperAskedAgainNotice): MessageText =>
  mailText(of, {
    ja: [
      '本人確認書類の再提出のお願い',
      'ご提出いただいた本人確認書類では確認ができませんでした。',
      `理由: ${ASKED_FOR[of.why].ja}`,
      '',
      'お手数ですが、次のページから書類をもう一度お送りください。',
      of.infoLink,
    ],
    en: [
      'Please send your identity paper again',
      'The identity paper that you sent does not do.',
      `Why: ${ASKED_FOR[of.why].en}`,
      '',
      'Please send another one from this page:',
      of.infoLink,
    ],
  });
