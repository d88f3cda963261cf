import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldProblem, OFFLINE, Problem } from '../api/problem.js';

/** A failure as the server says it in the reader's language, but for what only the portal knows. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) return t('state.unexpected');
      if (error.code === OFFLINE) return t('state.offline');
      if (error.status === 429 && error.retryAfterS !== null)
        return t('state.tooMany', { seconds: error.retryAfterS });
      if (error.code === 'READ_MODEL_BEHIND') return t('state.behind');
      // The server tells its operator what to do about it.
      if (error.code === 'CLOCK_NOT_TRUSTED') return t('state.clockNotTrusted');
      const { detail, detailJa } = error.body;
      const said = i18n.language === 'ja' ? (detailJa ?? detail) : detail;
      return said || (error.status === 403 ? t('state.forbidden') : error.code);
    },
    [t, i18n],
  );
}

/** `is empty` -> `It is empty.`: the server says it of a field that is named before it. */
const ofField = (said: string): string =>
  /^(is|has|had|must|holds|lies|was|would|equals|overlaps|separates|broke|belongs)\b/.test(said)
    ? `It ${said}.`
    : said;

/** What is wrong with a field, or with a line of a file, in the reader's language. */
export function useFieldProblemText(): (problem: Omit<FieldProblem, 'field'>) => string {
  const { i18n } = useTranslation();
  return useCallback(
    ({ problem, problemJa }) => (i18n.language === 'ja' && problemJa ? problemJa : ofField(problem)),
    [i18n],
  );
}
