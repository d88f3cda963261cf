import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import type { security } from '../words/ja/security.js';

type Code = keyof (typeof security)['problems'];

/** The field that a refusal is about, where the form has one of that name. */
const FIELDS: readonly (readonly [begins: string, field: string])[] = [
  ['CURRENT_PASSWORD', 'current'],
  ['PASSWORD_', 'password'],
  ['LOGIN_ID_', 'loginId'],
  ['CONTACT_', 'value'],
  ['CODE_', 'code'],
];

type ToPlaced = (error: unknown) => unknown;

/** A refusal about passwords, login ids and contacts in our words, at the field that it is about. */
export function useLoginProblems(): ToPlaced {
  const { t, i18n } = useTranslation('security');
  return useCallback(
    error => {
      if (!(error instanceof Problem) || !i18n.exists(`security:problems.${error.code}`)) return error;
      const field = FIELDS.find(([begins]) => error.code.startsWith(begins))?.[1];
      const detail = t(`problems.${error.code as Code}`);
      return new Problem({ ...error.body, detail, ...(field !== undefined && { field }) });
    },
    [t, i18n],
  );
}

/** Does it, and throws its refusal as `toPlaced` says it. */
export async function placeLoginProblem<Done>(toPlaced: ToPlaced, act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    throw toPlaced(error);
  }
}
