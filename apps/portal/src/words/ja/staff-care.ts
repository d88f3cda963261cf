/** Words of what staff do for a customer's data, price list and end. */
export const care = {
  timeline: {
    name: '経過',
    at: '日時',
    what: '内容',
    by: '担当者',
    why: '理由',
    none: 'まだ記録はありません',
  },
  partyOf: {
    title: '{{what}}の変更',
    consequence: '{{account}} の{{what}}を、入力した内容に変更します。お客様の画面にもすぐに反映されます。',
    save: '保存する',
  },
  priceListOf: {
    name: '価格表の変更',
    list: '商品の価格表',
    hint: 'これ以降の購入と、次の1日からの月額料に適用されます。',
    consequence: '{{name}} の価格表を {{before}} から {{priceList}} に変更します。',
    go: '変更する',
  },
  ending: {
    name: '閉鎖・個人情報の消去',
    why: '理由',
    close: {
      name: 'アカウントの閉鎖',
      lead: '閉鎖すると、契約者情報・メールアドレス・各種設定は変更できなくなります。契約の解約は、先に契約の画面で行ってください。',
      consequence: '{{account}} を閉鎖します。取り消せません。',
      go: '閉鎖する',
    },
    erase: {
      name: '個人情報の消去',
      lead: '契約者・請求先・送付先の情報、メールアドレス、本人確認書類を読めなくします。通話・請求・入金の記録は法令により残ります。',
      approverHint: '必ず別の担当者の承認が必要です。',
      consequence:
        '{{account}} の個人情報の鍵を破棄します。誰にも元に戻せません。理由にお名前は書かないでください。',
      go: '消去する',
      done: '個人情報を消去しました。',
    },
    approve: {
      name: '消去の承認',
      lead: '別の担当者が行う個人情報の消去を承認します。自分で行う消去を自分で承認することはできません。',
      go: '消去を承認する',
      given: '{{account}} の個人情報の消去を承認しました。次のコードを担当者に伝えてください。',
    },
    closedWhys: {
      at_request: 'お客様のご希望',
      terms_broken: '規約違反',
      never_used: '利用実績なし',
      other: 'その他',
    },
    erasedWhys: {
      person_asked: 'ご本人からの請求',
      retention_over: '保存期間の満了',
      opened_by_mistake: '誤って開設したため',
      other: 'その他',
    },
  },
};
