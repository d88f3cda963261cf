import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldProblem, OFFLINE, Problem } from '../api/problem.js';

/** A failure as a sentence: ours where the code is known to the portal, else what the server says. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) return t('state.unexpected');
      if (error.code === OFFLINE) return t('state.offline');
      if (error.status === 429 && error.retryAfterS !== null)
        return t('state.tooMany', { seconds: error.retryAfterS });
      if (error.code === 'READ_MODEL_BEHIND') return t('state.behind');
      const key = `problem.${error.code}`;
      if (i18n.exists(key)) return t(key as 'problem.OFFLINE');
      if (error.status === 403) return error.body.detail || t('state.forbidden');
      return error.body.detail || error.code;
    },
    [t, i18n],
  );
}

/** What is wrong with a field: our sentence where its code is known to the portal, else the server's. */
export function useFieldProblemText(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ problem, code, values }: FieldProblem) => {
      const key = `fieldProblem.${code}`;
      if (code === undefined || !i18n.exists(key)) return problem;
      return t(key as 'fieldProblem.EMPTY', { replace: { ...values } });
    },
    [t, i18n],
  );
}
