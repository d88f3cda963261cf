import type { Sentence } from '#kernel';
import type { Decline, GatewayMethod, GatewayState, SlipNumber } from '#ports';
import type { Fault } from './faults.js';

/** What a customer reads on the pages of the agency. */
export const words = {
  BANNER: { ja: '練習用の決済ページ：お金は動きません', en: 'Sandbox: no real money' },
  OTHER_LANGUAGE: { ja: 'English', en: '日本語' },
  AMOUNT: { ja: 'お支払い金額', en: 'Amount' },
  YEN: { ja: '{yen}円', en: '{yen} yen' },
  UNTIL: { ja: 'お支払い期限', en: 'Pay by' },
  METHOD: { ja: 'お支払い方法', en: 'Method' },
  NUMBER: { ja: 'お支払い番号', en: 'Payment' },
  BACK: { ja: 'お店に戻る', en: 'Back to the shop' },
  GIVE_UP: { ja: '支払いをやめる', en: 'Do not pay' },
  PAY: { ja: '支払う', en: 'Pay' },

  CARD_TITLE: { ja: 'カード情報の入力', en: 'Card details' },
  HOLDER: { ja: 'カード名義人', en: 'Name on the card' },
  CARD_NUMBER: { ja: 'カード番号', en: 'Card number' },
  CARD_NUMBER_HINT: {
    ja: 'ハイフンなし。下の練習用番号だけが使えます。',
    en: 'Digits only. Only the test numbers below are taken.',
  },
  EXPIRY: { ja: '有効期限（月/年）', en: 'Expiry (MM/YY)' },
  SECURITY_CODE: { ja: 'セキュリティコード', en: 'Security code' },
  PHONE: { ja: '電話番号', en: 'Telephone number' },
  PHONE_HINT: { ja: '市外局番から、半角数字でハイフンなし', en: 'Digits with area code, no hyphens' },
  KEEPS_CARD: {
    ja: 'このカードは、次回以降のお支払いのために登録されます。番号はお店に渡りません。',
    en: 'This card is kept for later payments. The shop never sees its number.',
  },
  TEST_NUMBERS: { ja: '練習用のカード番号', en: 'Test card numbers' },
  OUTCOME: { ja: 'ブランドと結果', en: 'Brand and outcome' },

  CHALLENGE_TITLE: { ja: '本人認証（3Dセキュア）', en: 'Authentication (3-D Secure)' },
  CHALLENGE_TEXT: {
    ja: 'カード会社から届いた認証コードを入力してください。練習用のコードは {code} です。',
    en: 'Enter the code that your card issuer has sent. The code of the sandbox is {code}.',
  },
  CODE: { ja: '認証コード', en: 'Code' },
  AUTHENTICATE: { ja: '認証する', en: 'Authenticate' },

  BANK_TITLE: { ja: '金融機関の選択', en: 'Choose your bank' },
  BANK: { ja: '金融機関', en: 'Bank' },
  BANK_HINT: {
    ja: '確定後に金融機関を変更することはできません。',
    en: 'The bank cannot be changed afterwards.',
  },
  PAYER: { ja: 'お振込人名（全角カタカナ）', en: 'Name of the payer (full-width katakana)' },

  PAYER_NAME: { ja: 'お振込人名', en: 'Payer' },

  SHOP_TITLE: { ja: 'コンビニの選択', en: 'Choose a convenience store' },
  SHOP: { ja: 'コンビニ', en: 'Store' },
  ISSUE: { ja: '番号を発行する', en: 'Issue the numbers' },
  SLIP_TITLE: { ja: 'コンビニでのお支払い', en: 'Pay at the store' },
  SLIP_TEXT: {
    ja: '店頭の端末に次の番号を入力し、印刷された申込券を30分以内にレジへお持ちください。',
    en: 'Type these numbers into the machine of the store and take the ticket to the till within 30 minutes.',
  },
  PRINT: { ja: '端末で申込券を印刷する', en: 'Print the ticket at the machine' },
  PRINT_AGAIN: { ja: '申込券をもう一度印刷する', en: 'Print the ticket again' },
  TICKET_OLD: {
    ja: '申込券の有効時間（30分）が過ぎました。もう一度印刷してください。',
    en: 'The ticket was good for 30 minutes. Print it again.',
  },
  TILL: { ja: 'レジで支払う', en: 'Pay at the shop' },
  RECEIPT: { ja: 'インターネット受付領収書', en: 'Receipt of an internet order' },

  ACCOUNT_TITLE: { ja: 'お振込先の口座', en: 'Account to transfer to' },
  ACCOUNT_TEXT: {
    ja: '次の口座へ、お支払い金額と同じ金額をお振り込みください。振込手数料はお客様のご負担です。',
    en: 'Transfer exactly this amount to the account below. Fees of your bank are yours.',
  },
  BRANCH: { ja: '支店', en: 'Branch' },
  KIND: { ja: '口座種別', en: 'Kind' },
  ORDINARY: { ja: '普通', en: 'Ordinary' },
  CURRENT: { ja: '当座', en: 'Current' },
  ACCOUNT: { ja: '口座番号', en: 'Account number' },
  ACCOUNT_HOLDER: { ja: '口座名義', en: 'Account holder' },
  SEND_TITLE: { ja: '振り込む（練習）', en: 'Send the money (practice)' },
  SEND: { ja: '振り込む', en: 'Send the money' },
  SEND_AMOUNT: { ja: '振込金額（円）', en: 'Amount to send (yen)' },

  PAID_TITLE: { ja: 'お支払いが完了しました', en: 'Paid' },
  RECEIVED: { ja: '入金額', en: 'Received' },
  PAID_AT: { ja: '入金日時', en: 'Received at' },
  FAILED_TITLE: { ja: 'お支払いできませんでした', en: 'Not paid' },
  CANCELLED_TITLE: { ja: 'このお支払いは取り消されました', en: 'This payment was cancelled' },
  REASON: { ja: '理由', en: 'Reason' },

  WRONG_NUMBER: { ja: 'カード番号が正しくありません。', en: 'This is not a card number.' },
  NO_TEST_NUMBER: {
    ja: '練習用の番号ではありません。実際のカード番号は入力しないでください。',
    en: 'This is no test number. Never type the number of a real card here.',
  },
  WRONG_EXPIRY: { ja: '有効期限を 01/30 のように入力してください。', en: 'Type the expiry like 01/30.' },
  PAST_EXPIRY: { ja: '有効期限が過ぎています。', en: 'The card has expired.' },
  WRONG_SECURITY_CODE: { ja: '3桁または4桁の数字を入力してください。', en: 'Type 3 or 4 digits.' },
  WRONG_HOLDER: { ja: 'カード名義人を入力してください。', en: 'Type the name on the card.' },
  WRONG_PHONE: {
    ja: '10桁または11桁の半角数字を入力してください。',
    en: 'Type the 10 or 11 digits of a Japanese number.',
  },
  WRONG_PAYER: { ja: '全角カタカナで入力してください。', en: 'Type full-width katakana.' },
  WRONG_CHOICE: { ja: '一つ選んでください。', en: 'Choose one.' },
  WRONG_AMOUNT: { ja: '1円以上の整数を入力してください。', en: 'Type whole yen, 1 or more.' },
  NO_SUCH_PAYMENT: { ja: 'お支払いが見つかりません', en: 'There is no such payment' },

  CONTROL_TITLE: { ja: '決済サンドボックスの操作', en: 'Control of the payment sandbox' },
  BOOKS: { ja: '帳簿', en: 'Books' },
  COUNT: { ja: '件数', en: 'Payments' },
  TAKEN: { ja: '入金合計', en: 'Taken' },
  RETURNED: { ja: '返金合計', en: 'Returned' },
  FAULTS: { ja: '障害を起こす', en: 'Let something go wrong' },
  FAULT: { ja: '障害', en: 'Fault' },
  TIMES: { ja: '回数', en: 'Times' },
  BY: { ja: 'ミリ秒または円', en: 'Milliseconds or yen' },
  ASK: { ja: '設定する', en: 'Set' },
  WAITING: { ja: 'これから起こる障害', en: 'Faults to come' },
  NEWEST: { ja: '新しいお支払い', en: 'Newest payments' },
  STATE: { ja: '状態', en: 'State' },
} as const satisfies Record<string, Sentence>;

export const METHOD_NAMES: Readonly<Record<GatewayMethod, Sentence>> = {
  card: { ja: 'クレジットカード', en: 'Credit card' },
  net_bank: { ja: 'ネットバンク', en: 'Net bank' },
  konbini: { ja: 'コンビニ決済', en: 'Convenience store' },
  bank_transfer: { ja: '銀行振込', en: 'Bank transfer' },
};

export const NUMBER_NAMES: Readonly<Record<SlipNumber['kind'], Sentence>> = {
  receipt: { ja: 'お支払受付番号', en: 'Receipt number' },
  confirmation: { ja: '確認番号', en: 'Confirmation number' },
  company: { ja: '企業コード', en: 'Company code' },
  order: { ja: '注文番号', en: 'Order number' },
  online: { ja: 'オンライン決済番号', en: 'Online payment number' },
  phone: { ja: '電話番号', en: 'Telephone number' },
  voucher: { ja: '払込票番号', en: 'Voucher number' },
};

export const DECLINE_NAMES: Readonly<Record<Decline, Sentence>> = {
  declined: {
    ja: 'カード会社がこのお支払いを承認しませんでした。',
    en: 'The card issuer refused the payment.',
  },
  insufficient_funds: { ja: 'ご利用限度額を超えています。', en: 'The card has not enough funds.' },
  expired_card: { ja: 'カードの有効期限が切れています。', en: 'The card has expired.' },
  authentication_failed: { ja: '本人認証ができませんでした。', en: 'The authentication failed.' },
  authentication_required: { ja: '本人認証が必要です。', en: 'The issuer asks for authentication.' },
  no_3d_secure: {
    ja: '3Dセキュアに対応していないカードはご利用いただけません。',
    en: 'Cards without 3-D Secure cannot be used.',
  },
  deadline_passed: { ja: 'お支払い期限が過ぎました。', en: 'The deadline has passed.' },
  given_up: { ja: 'お支払いを中止しました。', en: 'You decided not to pay.' },
};

export const STATE_NAMES: Readonly<Record<GatewayState, Sentence>> = {
  waits_for_customer: { ja: 'お客様の操作待ち', en: 'Waits for the customer' },
  waits_for_money: { ja: '入金待ち', en: 'Waits for the money' },
  paid: { ja: '入金済み', en: 'Paid' },
  failed: { ja: '不成立', en: 'Failed' },
  cancelled: { ja: '取消済み', en: 'Cancelled' },
};

export const FAULT_NAMES: Readonly<Record<Fault, Sentence>> = {
  answer_lost: { ja: '処理後に応答が失われる', en: 'An answer is lost after the call was carried out' },
  call_lost: { ja: '処理前に通信が切れる', en: 'A call is lost before it was carried out' },
  error_before: { ja: '処理前にエラー500を返す', en: 'Error 500 before anything was done' },
  answer_delay: { ja: '応答が遅れる（ミリ秒）', en: 'An answer is late (milliseconds)' },
  notification_duplicate: { ja: '通知が二度届く', en: 'A notification comes twice' },
  notification_lost: { ja: '通知が届かない', en: 'A notification never comes' },
  notification_delay: { ja: '通知が遅れる（ミリ秒）', en: 'A notification is late (milliseconds)' },
  notification_reorder: { ja: '通知の順序が入れ替わる', en: 'Two notifications change places' },
  wrong_amount: { ja: '入金額が異なる（円）', en: 'Another amount comes in (yen)' },
};
