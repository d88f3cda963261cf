import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldProblem, OFFLINE, Problem } from '../api/problem.js';
import { useKnown } from '../words/known.js';

/** A failure as a sentence: ours where the code is known to the portal, else what the server says. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  const known = useKnown('frame:problem');
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) return t('state.unexpected');
      if (error.code === OFFLINE) return t('state.offline');
      if (error.status === 429 && error.retryAfterS !== null)
        return t('state.tooMany', { seconds: error.retryAfterS });
      if (error.code === 'READ_MODEL_BEHIND') return t('state.behind');
      const forbidden = error.status === 403 ? t('state.forbidden') : error.code;
      return known(error.code, error.body.detail || forbidden);
    },
    [t, known],
  );
}

/** What is wrong with a field: our sentence where its code is known to the portal, else the server's. */
export function useFieldProblemText(): (problem: FieldProblem) => string {
  const known = useKnown('frame:fieldProblem');
  return useCallback(({ problem, code, values }) => known(code ?? '', problem, values), [known]);
}
