import { defineProblems } from '#kernel';

/** What can be wrong with the log of a cluster, beside its index. */
export const clusterFindings = defineProblems({
  EVENT_CHANGED: {
    ja: '最初に読み取った記録と違います。内容・順序・番号のいずれかが異なります',
    en: 'the event is not the one that was seen first: content, order or number differ',
  },
  EVENTS_LOST: {
    ja: '記録は{position}件で終わっていますが、以前は{known}件ありました',
    en: 'the log ends at {position}, but {known} events were seen before',
  },
  WRITTEN_BY_ANOTHER: {
    ja: '{stream}@{revision} は別のプログラムが書き込んだものです',
    en: '{stream}@{revision} was written by another program',
  },
  NOT_IN_LOG: {
    ja: '{stream}@{revision} が、すべての記録の並びにありません',
    en: '{stream}@{revision} is not in the log of all events',
  },
  STREAM_DELETED: {
    ja: '{stream} は番号{revision}ではなく{found}から続いています。削除されています',
    en: '{stream} goes on with {found}, not {revision}: it was deleted',
  },
  COMMAND_MISPLACED: {
    ja: '記録{position}は、索引にあるコマンド {command} の最初の記録ではありません',
    en: 'event {position} is not the first of command {command}, as the index has it',
  },
  INDEX_OF_ANOTHER_LOG: {
    ja:
      '索引では {stream}@{revision} が記録{position}ですが、クラスターにありません。' +
      '索引が別のクラスターのものか、クラスターの記録が切り詰められています',
    en:
      'the index has {stream}@{revision} as event {position}, the log does not: ' +
      'the index belongs to another log, or the log was cut',
  },
});
