import { BusinessDay, Instant, type MessageText, Money } from '#kernel';
import { ASKED_AGAIN } from '../parties/papers.js';
import {
  cancelledNotice,
  endedNotice,
  orderCompletedNotice,
  orderRefusedNotice,
  paperApprovedNotice,
  paperAskedAgainNotice,
  refusedFor,
  resumedNotice,
  suspendedNotice,
  undoneNotice,
} from './notice-texts.js';
import { shippedNotice } from './shipped-notice.js';

const ja = { language: 'ja', service: '台帳通信' } as const;
const en = { language: 'en', service: 'Daicho' } as const;
const at = Instant.parse('2026-10-05T12:34:56.000+09:00');
const until = Instant.parse('2026-11-30T22:00:00.000+09:00');
const endsOn = BusinessDay.parse('2026-11-30');
const link = 'https://billing.example.jp/x';
const phone = { nameJa: '内線端末', nameEn: 'Extension terminal', number: null };
const number = { nameJa: '国内電話番号', nameEn: 'Domestic number', number: '0300001001' };
const ends = [{ ...number, endsOn }];
const lines = [
  { ...phone, class: 'monthly', quantity: 2, contractMonth: Money.of('871') },
  { ...phone, class: 'initial', quantity: 2, contractMonth: Money.of('2000') },
  { ...number, class: 'cancel', quantity: 1, contractMonth: Money.zero },
] as const;
const order = {
  ...{ order: '7K3Q0Z9X1A', lines, due: Money.of('3158.1'), monthly: Money.of('1000'), ends },
  ...{ orderLink: link, circlesLink: `${link}/circles` },
};
const refused = { order: '7K3Q0Z9X1A', why: 'funds', missing: Money.of('579.0323'), cartLink: link } as const;
const cancelled = {
  ends,
  endsWith: 'contract',
  wholeEndsOn: null,
  undoUntil: until,
  contractsLink: link,
  policy: 'contracts.cut-off-ms@standard=79200000',
} as const;
const shipped = {
  order: '7K3Q0Z9X1A',
  devices: [{ nameJa: '受話器 100', nameEn: 'Phone 100', number: null }],
  ...{ carrier: 'Yamato', trackingNumber: '1234-5678', shippedOn: endsOn, orderLink: link },
  arrivesOn: BusinessDay.parse('2026-12-01'),
};
const suspended = { owingSince: at, owed: Money.of('550'), prepaidLink: link };

/** [mail, in Japanese, in English, what stands in the first, what in the second]. */
const MAILS: readonly (readonly [string, MessageText, MessageText, readonly string[], readonly string[]])[] =
  [
    [
      'CRT-07 completed',
      orderCompletedNotice({ ...ja, ...order }),
      orderCompletedNotice({ ...en, ...order }),
      [
        'ご購入ありがとうございます。',
        '- 内線端末 / 月額費用（ご契約月） / 数量2 / 871.0000円（税抜）',
        '- 国内電話番号（0300001001）：2026年11月30日終了',
        '3,158.1000円',
        `\n${link}\n`,
        `\n${link}/circles\n`,
      ],
      ['- Extension terminal / initial fee / quantity 2 / 2,000.0000 yen net', '30 Nov 2026', `\n${link}\n`],
    ],
    [
      'refused',
      orderRefusedNotice({ ...ja, ...refused }),
      orderRefusedNotice({ ...en, ...refused }),
      ['料金はいただいていません。', '不足額: 579.0323円'],
      ['Missing: 579.0323 yen'],
    ],
    [
      'cancelled',
      cancelledNotice({ ...ja, ...cancelled }),
      cancelledNotice({ ...en, ...cancelled }),
      ['2026年11月30日終了', '2026年11月30日 22:00（日本時間）', 'contracts.cut-off-ms@standard'],
      ['last day 30 Nov 2026', '30 Nov 2026 22:00', 'contracts.cut-off-ms@standard'],
    ],
    [
      'account cancelled',
      cancelledNotice({ ...ja, ...cancelled, endsWith: 'account', wholeEndsOn: endsOn, undoUntil: null }),
      cancelledNotice({ ...en, ...cancelled, endsWith: 'account', wholeEndsOn: endsOn, undoUntil: null }),
      ['終了日: 2026年11月30日', 'この解約は取り消せません。'],
      ['Last day: 30 Nov 2026', 'This cannot be undone.'],
    ],
    [
      'undone',
      undoneNotice({ ...ja, contracts: [phone], circle: false, contractsLink: link }),
      undoneNotice({ ...en, contracts: [phone], circle: false, contractsLink: link }),
      ['引き続きご利用いただけます。', '- 内線端末'],
      ['- Extension terminal'],
    ],
    [
      'ended',
      endedNotice({ ...ja, ends, contractsLink: link }),
      endedNotice({ ...en, ends, contractsLink: link }),
      ['次の契約が終了しました。'],
      ['These contracts are over.'],
    ],
    [
      'suspended',
      suspendedNotice({ ...ja, ...suspended }),
      suspendedNotice({ ...en, ...suspended }),
      ['550.0000円（2026年10月5日から）'],
      ['550.0000 yen, since 5 Oct 2026'],
    ],
    [
      'DEV-07 shipped',
      shippedNotice({ ...ja, ...shipped }),
      shippedNotice({ ...en, ...shipped }),
      [
        '- 受話器 100',
        '出荷日: 2026年11月30日',
        '到着予定日: 2026年12月1日',
        '配送業者: Yamato',
        'お問い合わせ番号: 1234-5678',
        `\n${link}\n`,
      ],
      ['- Phone 100', 'Shipped on: 30 Nov 2026', 'Expected on: 1 Dec 2026', 'Tracking number: 1234-5678'],
    ],
    ['resumed', resumedNotice({ ...ja, at }), resumedNotice({ ...en, at }), ['12:34'], ['12:34']],
    [
      'paper approved',
      paperApprovedNotice({ ...ja, infoLink: link, nameFee: Money.of('3000') }),
      paperApprovedNotice({ ...en, infoLink: link, nameFee: Money.of('3000') }),
      [link, '名義変更手数料（税抜）: 3,000.0000円'],
      [link, '3,000.0000 yen'],
    ],
    ...ASKED_AGAIN.map(
      why =>
        [
          `paper asked again: ${why}`,
          paperAskedAgainNotice({ ...ja, why, infoLink: link }),
          paperAskedAgainNotice({ ...en, why, infoLink: link }),
          ['理由: '],
          ['Why: '],
        ] as const,
    ),
  ];

describe('mails of business', () => {
  it.each(MAILS)('%s: in its language, and only in it', (_name, inJapanese, inEnglish, first, second) => {
    expect(inJapanese.subject).toMatch(/^【台帳通信】[^\n]*[\u3040-\u9fff]/);
    expect(inEnglish.subject).toMatch(/^\[Daicho\] [\x20-\x7e]+$/);
    expect(inEnglish.text).toMatch(/^[\x20-\x7e\n]+$/);
    for (const text of first) expect(inJapanese.text).toContain(text);
    for (const text of second) expect(inEnglish.text).toContain(text);
  });

  it('fit into one message, however much was bought, and say how much follows', () => {
    const many = Array.from({ length: 1_000 }, () => ({ ...lines[0], nameJa: '長'.repeat(100) }));
    const { text } = orderCompletedNotice({ ...ja, ...order, lines: many });
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('ほか950件');
  });

  it('take no line and no header out of a name', () => {
    const nameJa = '端末\nBcc: a@example.jp\u2028';
    const { text } = endedNotice({ ...ja, ends: [{ ...phone, nameJa, endsOn }], contractsLink: link });
    expect(text).toContain('- 端末 Bcc: a@example.jp：');
  });

  it.each([
    ['INSUFFICIENT_FUNDS', 'funds'],
    ['HOLD_GONE', 'funds'],
    ['NUMBER_TAKEN', 'numbers'],
    ['ORDER_OVER', 'month'],
    ['CIRCLE_ENDS', 'other'],
  ])('%s: %s', (code, why) => expect(refusedFor(code)).toBe(why));
});
