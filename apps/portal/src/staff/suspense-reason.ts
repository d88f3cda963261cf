import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isOneOf } from '../api/names.js';

const REASONS = [
  'BAD_LINE',
  'UNKNOWN_ACCOUNT',
  'UNKNOWN_TARIFF',
  'NO_RATE',
  'SAME_ID_OTHER_BODY',
  'BEYOND_LEDGER_SCALE',
  'IN_THE_FUTURE',
  'UNREADABLE_NUMBER',
  'BEFORE_FIRST_DAY',
  'NUMBER_OF_ANOTHER_ACCOUNT',
  'SUM_OUT_OF_RANGE',
] as const;

/** Why a line waits, in words; a reason that the portal does not know yet stands as it is. */
export function useSuspenseReason(): (reason: string) => string {
  const { t } = useTranslation('staff');
  return useCallback(
    (reason: string) => (isOneOf(REASONS, reason) ? t(`suspense.reasons.${reason}`) : reason),
    [t],
  );
}
