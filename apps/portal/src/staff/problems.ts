import { useCallback } from 'react';
import { type FieldProblem, Problem } from '../api/problem.js';
import type { staff } from '../words/ja/staff.js';
import { useKnown } from '../words/known.js';

type Code = keyof (typeof staff)['problems'];

/** The field that a refusal is about, where a form has one of that name. */
const FIELDS: Readonly<Partial<Record<Code, string>>> = {
  ACCOUNT_EXISTS: 'account',
  NUMBER_TAKEN: 'number',
  NO_SUCH_TARIFF: 'tariff',
  APPROVAL_REQUIRED: 'approver',
  APPROVER_IS_ACTOR: 'approver',
  APPROVER_NOT_ALLOWED: 'approver',
  NO_SUCH_DEBIT: 'debit',
  ALREADY_REVERSED: 'debit',
  LOGIN_ID_TAKEN: 'loginId',
  LOGIN_ID_LENGTH: 'loginId',
  LOGIN_ID_CHARACTERS: 'loginId',
  LOGIN_ID_ONLY_DIGITS: 'loginId',
};

/** Why something was refused, in our words where the code is known, else as the server says it. */
export const useRefusalText = () => useKnown('staff:problems');

/** What is wrong with a line or a field: as the API says it, in English and by its code where it has one. */
export function useFileProblem(): (said: Pick<FieldProblem, 'problem' | 'code' | 'values'>) => string {
  const known = useKnown('staff:fileProblems');
  return useCallback(({ problem, code, values }) => known(code ?? '', problem, values), [known]);
}

/** The same for a failed request, at the field that it is about. */
export function useInOurWords(): (error: unknown) => unknown {
  const textOf = useRefusalText();
  const said = useFileProblem();
  return useCallback(
    error => {
      if (!(error instanceof Problem)) return error;
      const field = FIELDS[error.code as Code] ?? error.body.field;
      const errors = error.body.errors?.map(one => ({ ...one, problem: said(one) }));
      const [first] = errors ?? [];
      // The one field that is wrong, and how, is also what is said of the whole request.
      const isOne = error.body.errors?.[0]?.code !== undefined && errors?.length === 1;
      const detail = first && isOne ? `${first.field}: ${first.problem}` : error.body.detail;
      return new Problem(
        {
          ...error.body,
          detail: textOf(error.code, detail),
          ...(field !== undefined && { field }),
          ...(errors && { errors }),
        },
        error.retryAfterS,
      );
    },
    [textOf, said],
  );
}
