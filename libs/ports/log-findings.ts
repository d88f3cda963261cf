import { defineProblems, type Filling, problemInEnglish, problemSaid, type SaidProblem } from '#kernel';

/** What can be wrong with a log, wherever it is kept. */
export const logFindings = defineProblems({
  EVENT_MISSING: { ja: '記録{position}がありません', en: 'event {position} is missing' },
  REVISION_MISPLACED: {
    ja: '{stream} の番号{expected}があるべき位置に、番号{revision}があります',
    en: 'revision {revision} of {stream} stands where {expected} belongs',
  },
  INDEX_DIFFERS: {
    ja: '記録{position}が索引にある記録と違います。内容・順序・番号のいずれかが異なります',
    en: 'event {position} is not the one that is in the index: its content, order or number differ',
  },
});

/** What is stored is not what it was, and no retry will change that: a finding, thrown where it is met. */
export class Damaged extends Error {
  override readonly name: string = 'Damaged';
  constructor(readonly said: SaidProblem) {
    super(problemInEnglish(said));
  }
}

/** What an error says: a finding in both languages, anything else in the words of whoever threw it. */
export function wordsOf(error: unknown): Filling {
  if (error instanceof Damaged) return problemSaid(error.said);
  return error instanceof Error ? error.message : String(error);
}
