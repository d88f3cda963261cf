import { defineProblems, problemInEnglish, type SaidProblem } from '#kernel';

/** Why a store does not open or takes no writes, and why a backup, a restore or a copy was not made. */
export const storeProblems = defineProblems({
  NO_STORE_HERE: { ja: '{file}：ここに保存先はありません', en: '{file}: there is no store here' },
  NOT_A_STORE: { ja: '{file}：この製品の保存先ではありません', en: '{file}: not a store of this product' },
  NEWER_LAYOUT: {
    ja: '{file}：より新しいプログラムで作られています（形式{layout}）',
    en: '{file}: written by a newer program (layout {layout})',
  },
  NEWER_VERSION: {
    ja: '{file}：より新しい版の台帳で作られています',
    en: '{file}: written by a newer version of Daicho',
  },
  FILE_DAMAGED: {
    ja: '{file}：壊れています。バックアップから戻してください（{said}）',
    en: '{file}: damaged, restore a backup ({said})',
  },
  NO_SPACE: {
    ja: '{file}：空き容量がなく、何も保存されませんでした。読み取りは続けられます（{said}）',
    en: '{file}: no space left, nothing was stored; reads go on ({said})',
  },
  FILE_FAILED: {
    ja: '{file}：読み書きできません（{said}）',
    en: '{file}: reading or writing failed ({said})',
  },
  FILE_HELD: {
    ja: '{file}：ほかのプログラムがデータベースを使用しています（{said}）',
    en: '{file}: another program holds the database ({said})',
  },
  WRITE_REFUSED: {
    ja: '{file}：読み取り専用で開いています（{said}）',
    en: '{file}: opened for reading only ({said})',
  },
  READING_ONLY: { ja: '{file}：読み取り専用で開いています', en: '{file}: opened for reading only' },
  CLOSED_STORE: { ja: '{file}：保存先は閉じられています', en: '{file}: the store is closed' },
  CLOSED_QUEUE: { ja: '{file}：ジョブの待ち行列は閉じられています', en: '{file}: the queue is closed' },
  TOO_MANY_APPENDS: {
    ja: '書き込みが混み合っています。もう一度お試しください',
    en: 'too many appends are waiting; try again',
  },
  USED_BY_ANOTHER: {
    ja: '{directory} は使用中です：{holder}。先に停止するか、読み取り専用で開いてください',
    en: '{directory} is in use by {holder}; stop it first, or open the store for reading only',
  },
  MOVED_AWAY: {
    ja:
      '{directory} は記録{events}件とともに {where} へ移されています。読み取りはできますが、' +
      '書き込みはできません。daicho migrate-store --from で戻せます',
    en:
      '{directory} has moved to {where} with its {events} events; it can be read, and nothing ' +
      'may be written here. daicho migrate-store --from brings it back',
  },
  COPY_BEGUN: {
    ja: '{directory} には {where} からの複写の途中までしかありません。daicho migrate-store --from で続けられます',
    en:
      '{directory} holds the beginning of a copy from {where}; ' +
      'daicho migrate-store --from goes on with it',
  },
  GATEWAY_SILENT: {
    ja: '決済代行会社から応答がありません。しばらくしてから、もう一度お試しください',
    en: 'the payment gateway does not answer: nothing was changed, try again later',
  },
  OTHER_READ_MODELS: {
    ja: '{file}：参照モデルの版が違います（{names}）。daicho migrate を実行してください',
    en: '{file}: read models of another version ({names}): run daicho migrate',
  },
  FILE_FOUND_WRONG: { ja: '{file}：{said}', en: '{file}: {said}' },
  DATABASE_FULL: {
    ja: '{place}：空き容量がなく、何も保存されませんでした（{said}）',
    en: '{place}: no space left, nothing was stored ({said})',
  },
  PLACE_SAYS: { ja: '{place}：{said}', en: '{place}: {said}' },
  LOGIN_MAY_NOT: {
    ja: '{doing}：ログインが拒否されたか、権限がありません',
    en: '{doing}: the login was refused or may not do this',
  },
  LOG_NOT_READ: {
    ja: 'このプロセスは記録{position}をまだ読んでいません。もう一度お試しください',
    en: 'this process has not read event {position} of the log yet; try again',
  },
  LOG_OUT_OF_REACH: {
    ja: 'このプロセスから記録に接続できません。もう一度お試しください',
    en: 'this process cannot reach the log; try again',
  },
  NOT_READY: {
    ja: '参照モデルの準備ができていません。ワーカーは動いていますか？ {said}',
    en: 'read models are not ready, is a worker running? {said}',
  },
  NOT_COUNTED: { ja: '記録{position}まで反映していません', en: 'they have not counted event {position}' },
  NOT_COUNTED_YET: {
    ja: '参照モデルに記録{position}がまだ反映していません。ワーカーは動いていますか？',
    en: 'the read models have not counted event {position} yet; is a worker running?',
  },
  NO_WORKER: {
    ja: '参照モデルを作るワーカーが動いていません',
    en: 'no worker is building the read models',
  },
  NO_JOB_QUEUE: { ja: 'このプロセスにはジョブの待ち行列がありません', en: 'this process has no job queue' },
  QUEUE_SILENT: {
    ja: 'ジョブの待ち行列が応答しません（{said}）',
    en: 'the job queue does not answer ({said})',
  },
  NO_IDENTITY_TOOLS: {
    ja: 'このプロセスにはログインの設定がありません',
    en: 'this process has no tools of identity',
  },
  NO_PAPERS: { ja: 'このプロセスは書類を作成しません', en: 'this process draws no papers' },
  BACKUP_EXISTS: {
    ja: '{file} はすでにあります。バックアップは何も上書きしません',
    en: '{file} exists already; a backup never overwrites',
  },
  BACKUP_BROKEN: {
    ja: '{file}：記録{position}で壊れています：{said}',
    en: '{file}: broken at event {position}: {said}',
  },
  RESTORE_NOT_EMPTY: {
    ja: '{directory} は空ではありません。復元は保存先を上書きしません',
    en: '{directory} is not empty; a restore never overwrites a store',
  },
  BACKUP_CHANGED: {
    ja: '{file}：途中で記録が変わったため、復元できません',
    en: '{file}: cannot be restored: its log changed meanwhile',
  },
  SEALED_OTHERWISE: {
    ja: '{account} の個人情報は、複写先では別の鍵で封印されています',
    en: 'the personal data of {account} are sealed with another key there',
  },
  NOT_ON_A_CLUSTER: {
    named: true,
    ja: '組み込みの保存先だけを写せます。クラスターではイベントストア自身のツールで写してください',
    en: 'copies an embedded store only; back up the event store with its own tools',
  },
  SOURCE_EMPTY: {
    ja: '複写元に記録がないため、複写するものがありません',
    en: 'there is nothing to copy: the source has no event',
  },
  TARGET_IS_AHEAD: {
    ja: '複写先には記録が{there}件あり、複写元には最初の{head}件しかありません。前回の複写のあとに進んでいます',
    en:
      'the target holds {there} events, the source only the first {head} of them: ' +
      'it was copied before and has gone on',
  },
  SOURCE_ENDS: {
    ja: '複写元は{head}件中、記録{expected}の手前で終わっています',
    en: 'the source ends before event {expected} of {head}',
  },
  TARGET_HOLDS_OTHER_EVENTS: {
    ja: '複写先には別の記録があります。記録{position}が複写元と違います',
    en: 'the target holds something else: its event {position} is not that of the source',
  },
  SOURCE_CHANGED: {
    ja: '複写元の記録{position}は、書き込まれたときのものではありません。ハッシュが違います',
    en: 'event {position} of the source is not what was appended there: its hash is another',
  },
  TARGET_HAS_COMMAND: {
    ja: '複写先：コマンド {command} はすでにあります',
    en: 'the target: command {command} stands there already',
  },
  TARGET_WRITTEN: {
    ja: '複写先：ほかのプログラムが書き込んでいます',
    en: 'the target: somebody else writes into it',
  },
  TARGET_DIFFERS: {
    ja: '複写先：記録{position}が複写元と違います',
    en: 'the target: its event {position} is not that of the source',
  },
  TARGET_LACKS: {
    ja: '複写先：記録{position}が見えません',
    en: 'the target: it does not show event {position}',
  },
  TARGET_BROKEN: {
    ja: '複写先：位置{position}：{said}',
    en: 'the target: position {position}: {said}',
  },
  TARGET_ENDS_OTHERWISE: {
    ja: '複写先：記録{there}件、最後のハッシュ {thereHash}。複写元は{events}件、{headHash}',
    en: 'the target: {there} events with the last hash {thereHash}, not {events} with {headHash}',
  },
});

/** A backup, a restore or a copy that is not made: nothing is wrong with the program, the answer is no. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
  readonly code: string;
  constructor(readonly said: SaidProblem) {
    super(problemInEnglish(said));
    this.code = said.kind.code;
  }
}
