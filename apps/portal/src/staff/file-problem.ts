import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../api/problem.js';
import type { fileProblems } from '../words/ja/staff-file-problems.js';

/** Of all codes one without values: what is filled in is known to the server alone. */
type Plain = Extract<keyof (typeof fileProblems)['fileProblems'], 'EMPTY'>;
/** A problem as the API says it: in English, and by its code where it has one. */
export type Said = Pick<FieldProblem, 'problem' | 'code' | 'values'>;

/** What is wrong with a line or a field, in the reader's language where its code is known. */
export function useFileProblem(): (said: Said) => string {
  const { t, i18n } = useTranslation('staff');
  return useCallback(
    ({ problem, code, values }) => {
      if (code === undefined || !i18n.exists(`staff:fileProblems.${code}`)) return problem;
      const key = `fileProblems.${code}` as `fileProblems.${Plain}`;
      return t(key, { replace: { ...values } });
    },
    [t, i18n],
  );
}
