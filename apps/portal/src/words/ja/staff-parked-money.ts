/** Words of money that came in and is not what was ordered. */
export const parkedMoney = {
  name: '入金の保留',
  lead: 'お申し込みと一致しなかった入金です。内容を確認し、チャージするか、お客様に返金するかを決めてください。',
  none: {
    waiting: '確認待ちの入金はありません',
    decided: '処理済みの入金はありません',
  },
  show: '表示',
  states: { waiting: '確認待ち', decided: '処理済み' },
  at: '保留日時',
  amount: '入金額',
  ordered: '申込額',
  why: '保留の理由',
  whys: {
    different_amount: '申込額と異なる',
    after_deadline: 'お支払い期限後の入金',
    second_payment: '二重の支払い',
    cancelled_order: '取り消し後の入金',
    account_closed: '契約終了後の入金',
  },
  method: '支払方法',
  payment: '申込番号',
  gateway: '決済代行会社',
  reference: '決済番号',
  ends: {
    credited: {
      go: 'チャージする',
      label: '{{parked}} をチャージする',
      title: 'この入金をチャージしますか',
      consequence: '{{amount}}円を {{account}} の残高に加算します。取り消しはできません。',
      done: '入金をチャージしました',
    },
    returned: {
      go: '返金する',
      label: '{{parked}} を返金する',
      title: 'この入金を返金しますか',
      consequence:
        '{{account}} のお客様に、決済代行会社を通じて{{amount}}円を返金します。取り消しはできません。',
      done: '返金を受け付けました',
    },
  },
};
