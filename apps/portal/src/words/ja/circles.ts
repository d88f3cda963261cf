/** Words of circles and uniques, as the customer pages speak them. */
export const circles = {
  name: 'サークル',
  lead: '内線がつながるグループです。サークルやユニークの管理画面へ移ることができます。',
  uniquesName: 'ユニーク',
  search: '検索（サークル・ユニーク・電話番号）',
  circle: 'サークルID',
  user: '利用者',
  uniques: 'ユニーク数',
  forced: 'パスワードの強制変更',
  created: '登録日',
  act: '操作',
  enter: '管理画面へ',
  enterLabel: '{{name}} の管理画面へ',
  representative: '代表',
  representativeNote: '＊は代表サークル（アカウント管理者サークル）です。',
  add: 'サークルを追加',
  added: 'サークルを追加しました（サークルID {{id}}）',
  none: 'サークルはまだありません',
  noMatch: '該当するサークル・ユニークはありません',
  found: '検索結果',
  kind: '種別',
  id: 'ID',
  numbers: '電話番号',
};

export const circle = {
  name: 'サークルの詳細',
  facts: 'サークル情報',
  uniques: 'ユニーク（端末）',
  unique: 'ユニークID',
  noNumbers: '未設定',
  addUnique: 'ユニークを追加',
  addedUnique: 'ユニークを追加しました（ユニークID {{id}}）',
  noUniques: 'ユニークはまだありません',
  setNumbers: '番号の設定',
  setNumbersLabel: '{{name}} の番号の設定',
  numbersTitle: '{{name}} の電話番号',
  numbersHint:
    '電話番号だけでは発着信できません。このユニークで使う番号を選んでください。他のユニークの着信番号を選ぶと、このユニークに移ります。',
  incoming: '着信番号',
  outgoing: '発信番号',
  outgoingHint: '相手に表示される番号です。',
  outgoingAny: '着信番号のいずれか',
  outgoingNone: '外線発信禁止',
  numbersSaved: '電話番号を設定しました',
  noAccountNumbers: 'アカウントに電話番号がありません。',
  force: 'パスワードの強制変更',
  forceHint: 'このサークルのログインに、次のログイン時のパスワード変更を求めます。',
  none: '設定なし',
  warn: '警告（変更を促します。後回しにできます）',
  forced: '強制変更（変更するまで利用できません）',
  noneShort: '設定なし',
  warnShort: '警告',
  forcedShort: '強制変更',
  forceSaved: 'パスワードの強制変更を設定しました',
  forceTitle: '強制変更にします',
  forceConsequence:
    'サークルID {{id}} の利用者は、次のログインで新しいパスワードを設定するまで何も操作できません。',
  forceGo: '強制変更にする',
  newName: '利用者（名称）',
  newLoginIdHint:
    '半角英数字と @ - _ . を使い、4〜50文字。数字のみは使えません。空欄にすると10桁の番号を発行します。',
  newPassword: 'ログインパスワード',
  newMailHint: 'ログイン時の確認コードの送り先になります。',
  create: '追加する',
};

/** A password that the level above sets for somebody who forgot it. */
export const lowerPassword = {
  name: 'パスワードの再設定',
  short: 'パスワード',
  title: '{{name}} のパスワードの再設定',
  lead: 'パスワードを忘れた利用者に、仮のパスワードを設定します。設定後、利用者に直接お伝えください。',
  next: '仮のパスワード',
  go: '再設定する',
  consequence:
    'ログインID {{loginId}} は、ログイン中の端末からすべてログアウトされます。次回は仮のパスワードでログインし、利用者自身が新しいパスワードを設定します。',
  done: '{{name}} のパスワードを再設定しました',
};

/** What of a circle is allotted to its terminals. */
export const allotments = {
  name: '割り当て',
  lead: 'ご契約の同時通話数・FAXチャネル・オプションを、ユニークに割り当てます。合計はご契約数までです。',
  none: '割り当てのできるご契約はありません',
  contracted: 'ご契約数',
  allotted: '割り当て合計',
  ending: '終了予定',
  ends: '（{{count}}件）',
  noUniques: '割り当てのできるユニークはありません',
  hint: '合計で{{count}}まで割り当てられます。ご契約が終了すると、超えた分は自動で減ります。',
  saved: '割り当てを保存しました',
};
