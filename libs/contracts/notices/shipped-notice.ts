import { type BusinessDay, type MessageStyle, type MessageText, mailText, oneLine } from '#kernel';
import { dayInWords, listed, type Named, nameOf } from './notice-texts.js';

export interface ShippedNotice extends MessageStyle {
  readonly order: string;
  readonly devices: readonly Named[];
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedOn: BusinessDay;
  readonly arrivesOn: BusinessDay;
  /** Where the order and its shipments are shown. */
  readonly orderLink: string;
}

const SHOWN = 120;

/** That devices are on their way, with whom, and when they should arrive (DEV-07). */
export function shippedNotice(of: ShippedNotice): MessageText {
  const { order, language, orderLink } = of;
  const devices = listed(of.devices, language, one => `- ${nameOf(one, language)}`);
  const [shipped, arrives] = [dayInWords(of.shippedOn, language), dayInWords(of.arrivesOn, language)];
  const [carrier, tracking] = [oneLine(of.carrier, SHOWN), oneLine(of.trackingNumber, SHOWN)];
  return mailText(of, {
    ja: [
      '機器の出荷のお知らせ',
      'ご注文の機器を出荷しました。',
      `ご注文番号: ${order}`,
      '',
      ...devices,
      '',
      `出荷日: ${shipped}`,
      `到着予定日: ${arrives}`,
      `配送業者: ${carrier}`,
      `お問い合わせ番号: ${tracking}`,
      '',
      'ご注文の内容と返品・品質保証のご案内:',
      orderLink,
    ],
    en: [
      'Your devices were shipped',
      'The devices of your order are on their way.',
      `Order: ${order}`,
      '',
      ...devices,
      '',
      `Shipped on: ${shipped}`,
      `Expected on: ${arrives}`,
      `Carrier: ${carrier}`,
      `Tracking number: ${tracking}`,
      '',
      'Your order, and how devices come back:',
      orderLink,
    ],
  });
}
