/** Words of the staff pages while the clock is not trusted. */
export const clock = {
  clock: {
    label: 'サーバーの時計',
    jumped: 'サーバーの時計が急に変わり、{{shown}} になっています（{{believed}} ごろのはずです）。',
    ahead: 'サーバーの時計は {{shown}} ですが、最後の記録は {{believed}} ごろです。',
    unreadable: 'サーバーの時計は {{shown}} ですが、記録を読めないため正しいか確かめられません。',
    waits: '時計を確認できるまで、残高の失効と月の締めは行われず、月をまたぐ入金や発信は受け付けられません。',
    whatToDo:
      '時計が間違っていれば直してください。直れば自動で再開します。正しければ、そのことを記録すると再開します。',
    askOthers: '時計が正しいことは、請求担当または管理者が記録できます。',
    confirm: '時計は正しい',
    title: '時計が正しいことの記録',
    consequence:
      '{{shown}} を正しい時刻として記録します。期限を過ぎた残高はすぐに失効し、終わった月の締めも始まります。取り消せません。',
    go: '正しいと記録する',
    done: '記録しました。待っていた処理が再開します。',
  },
};
