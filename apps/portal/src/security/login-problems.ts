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

/** A refusal about passwords, login ids and contacts in our words, at the field that it is about. */
export function useLoginProblems(): (error: unknown) => unknown {
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
