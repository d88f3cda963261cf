import { defineProblems } from '#kernel';

/** What can be wrong with an event in the file, and with the end of its log. */
export const chainFindings = defineProblems({
  EVENT_SKIPPED: {
    ja: '記録{position}がありません。次に保存されているのは記録{next}です',
    en: 'event {position} is missing; the next one stored is {next}',
  },
  EVENT_NAMELESS: {
    ja: '記録のストリームまたは種類の名前がありません',
    en: 'its stream or its type has no name',
  },
  HASH_DIFFERS: {
    ja:
      '内容から計算したハッシュが、保存されているハッシュと一致しません。' +
      'データ・付帯情報・種類・ストリーム・ハッシュのいずれかが変更されています',
    en: 'its content does not give the stored hash: data, meta data, type, stream or hash was changed',
  },
  LOG_CUT: {
    ja: '記録は{position}件で終わっていますが、参照モデルは{known}件目まで反映しています',
    en: 'the log ends at {position}, but read models have counted events up to {known}',
  },
  LOG_UNREADABLE: { ja: '読み取れません：{said}', en: 'cannot be read: {said}' },
  STREAM_NAMELESS: {
    ja: 'ストリーム{id}の名前がなく、ファイルが損傷しています',
    en: 'the stream number {id} has no name: the file is damaged',
  },
  TYPE_NAMELESS: {
    ja: '記録の種類{id}の名前がなく、ファイルが損傷しています',
    en: 'the event type number {id} has no name: the file is damaged',
  },
});

/** What the hash chain does not cover: the pages of the file, its indexes, and what it notes of itself. */
export const fileFindings = defineProblems({
  FILE_DAMAGED: { ja: 'ファイルが損傷しています：{said}', en: 'the file is damaged: {said}' },
  PAGES_UNREADABLE: {
    ja: 'ファイルが損傷しています：読み取れません：{said}',
    en: 'the file is damaged: cannot be read: {said}',
  },
  FACTS_INCOMPLETE: {
    ja: 'ファイルが損傷しています：表 store_facts の項目が足りないか、余分です',
    en: 'the file is damaged: table store_facts does not hold its facts',
  },
  SEED_OUT_OF_RANGE: {
    ja: 'ファイルが損傷しています：表 store_facts の command_seed が範囲外です',
    en: 'the file is damaged: table store_facts: command_seed is out of range',
  },
  COMMANDS_OUT_OF_RANGE: {
    ja: 'ファイルが損傷しています：表 store_facts の commands_indexed が、記録{head}件に対して{through}です',
    en: 'the file is damaged: table store_facts: commands_indexed is {through} of {head}',
  },
  TABLES_UNREADABLE: {
    ja: 'ファイルが損傷しています：表 projection_checkpoints にある {projection} の表の定義を読み取れません',
    en: 'the file is damaged: table projection_checkpoints: the tables of {projection} cannot be read',
  },
  TABLES_DIFFER: {
    ja: 'ファイルが損傷しています：表 projection_checkpoints にある {projection} の定義が、表 {table} と違います',
    en: 'the file is damaged: table projection_checkpoints: {projection} describes other tables than {table}',
  },
  USE_UNKNOWN: {
    ja:
      'ファイルが損傷しています：表 projection_checkpoints にある {projection} {version} が、' +
      '使用中かどうか分かりません',
    en:
      'the file is damaged: table projection_checkpoints: {projection} {version} is neither in use ' +
      'nor not',
  },
  CHECKPOINT_MISPLACED: {
    ja:
      'ファイルが損傷しています：表 projection_checkpoints にある {projection} {version} が、' +
      '記録{head}件に対して{position}件目までです',
    en:
      'the file is damaged: table projection_checkpoints: {projection} {version} stands at event ' +
      '{position} of {head}',
  },
  TWO_IN_USE: {
    ja: 'ファイルが損傷しています：表 projection_checkpoints で、1つの参照モデルの2つの版が使用中です',
    en: 'the file is damaged: table projection_checkpoints: two versions of one projection are in use',
  },
  COMMAND_MISSING: {
    ja: 'ファイルが損傷しています：表 commands に、記録{position}のコマンドがありません',
    en: 'the file is damaged: table commands does not know the command of event {position}',
  },
});
