/** Words of the staff pages about customers' logins. */
export const logins = {
  logins: {
    name: 'お客様のログイン',
    lead: 'ログインできないお客様のためのページです。ご本人であることを確認してから操作してください。',
    none: 'ログインはまだありません',
    add: 'ログインを発行',
    go: '発行して案内を送る',
    addConsequence: '{{name}} のログインを作り、最初のパスワードを決めるための案内を {{mail}} に送ります。',
    added: '{{name}} のログインを発行し、案内を送りました。',
    nameHint: '画面に表示されるお名前です。',
    mailHint: '案内と認証番号の送信先です。',
    loginIdHint: '空欄のときは10桁の番号を発行します。',
    phoneHint: '認証番号をSMSまたは音声で受け取る場合に入力します。',
    level: '種類',
    person: '名前',
    state: '状態',
    locked: '{{time}} までロック中',
    contacts: '連絡先',
    noContacts: '登録なし',
    lastSignIn: '最終ログイン',
    passwordChanged: 'パスワード変更日時',
    remove: '削除',
    removeTitle: '連絡先の削除',
    removeLabel: '{{name}} の連絡先 {{masked}} を削除',
    removeConsequence:
      '{{name}} の連絡先 {{masked}} を削除します。開いている画面はすべて終了し、残りのメールアドレスに通知します。',
    removeLast:
      '{{name}} の最後の連絡先 {{masked}} を削除します。開いている画面はすべて終了し、次回はパスワードだけでログインできます。',
    removed: '連絡先 {{masked}} を削除しました。',
    unlocked: '{{name}} のロックを解除しました。',
    secondFactors: '2段階認証の解除',
    secondFactorsConsequence:
      '{{name}} の認証アプリとパスキーをすべて解除します。開いている画面はすぐに終了し、本人にメールで通知します。',
  },
};
