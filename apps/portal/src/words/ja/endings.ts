/** Words of what ends as a whole: circles, the account; of the history of it, and of suspended services. */
export const whole = {
  circleName: 'サークルの解約',
  accountName: 'アカウントの解約',
  accountLead: 'アカウントを解約すると、すべてのサークル・ユニーク・電話番号・オプションが終了します。',
  cancelCircle: 'サークルを解約',
  toAccount: 'アカウントの解約へ',
  what: '終了する契約',
  nothing: '終了する契約はありません。',
  circleEnds: '今お申し込みいただくと、このサークルは {{day}} をもって終了します。',
  accountEndsThen: '今お申し込みいただくと、アカウントは {{day}} をもって終了します。',
  everything: 'サークル内のユニーク・電話番号・オプションも、すべて同時に終了します。',
  logins: '解約日の翌日0時から、サークルとユニークではログインできなくなります。',
  accountLogins:
    '解約日の翌日0時から、サークルとユニークではログインできなくなります。アカウントでは、請求書や明細などの閲覧のみご利用いただけます。',
  balance: 'プリペイド残高は、有効期限まで残りますが、返金はいたしません。',
  fees: '解約の費用はかかりません。月額費用は解約日の月までかかり、日割りの返金はありません。',
  recordings: '録音データは、解約日を過ぎるとダウンロードできません。必要なデータは事前に保存してください。',
  until: '{{time}} まで取り消せます。',
  never: 'アカウントの解約は、お申し込み後に取り消せません。',
  go: '解約を申し込む',
  circleTitle: 'サークル「{{name}}」を解約します',
  accountTitle: 'アカウント {{account}} を解約します',
  endsOn: '{{day}} をもって終了します。',
  count: '終了する契約：{{count}}件',
  typed: '確認のため、アカウントIDを入力してください',
  typedHint: '{{account}} と入力してください。',
  notTyped: 'アカウントIDが一致しません',
  done: '解約のお申し込みを承りました',
  circleAccepted: 'このサークルの解約を承っています。{{day}} をもって終了します。',
  circleOver: 'このサークルは {{day}} をもって終了しました。',
  accountEnds: 'アカウントの解約を承っています。{{day}} をもって、すべてのサービスが終了します。',
  undo: '解約を取り消す',
  undoTitle: 'サークル「{{name}}」の解約を取り消します',
  undoConsequence: 'サークルと、同時に解約した契約は終了せず、これまでどおりご利用いただけます。',
  undone: 'サークルの解約を取り消しました',
  status: '状態',
  statuses: { active: '利用中', ending: '解約中', ended: '解約済' },
  show: '表示',
  shown: { all: '全表示', active: '利用中', ending: '解約中', ended: '解約済' },
  noneSo: '該当するサークルはありません',
};

/** The history of purchases and cancellations (HIS-01, HIS-02). */
export const purchases = {
  name: '購入／解約履歴',
  lead: '購入と解約の履歴です（新しい順）。月額費用と初期費用は別の行に表示します。',
  none: '購入・解約の履歴はまだありません',
  at: '申込日',
  quantity: '数量',
  price: '単価（税抜）',
  status: 'ステータス',
  statuses: { ending: '解約中', ended: '解約', void: '解約の取消・変更' },
};

export const suspended = {
  since:
    'お支払いが必要な金額があるため、{{time}} からサービスを停止しています。未払い分以上の金額をチャージいただくと、すぐに再開します。',
  toPrepaid: '残高を確認する',
};
