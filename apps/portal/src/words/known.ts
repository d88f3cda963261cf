import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chapter } from './index.js';

type Values = Readonly<Record<string, string>>;

/**
 * Words for names of the API, such as `NO_RATE` below `staff:suspense.reasons`. One that the portal does not
 * know yet stands as it is, or as the server says it.
 */
export function useKnown(below: `${Chapter | 'frame'}:${string}`) {
  // The chapter has to be there; which keys it has is not for the compiler to say.
  const { t: typed, i18n } = useTranslation(below.split(':')[0] as 'frame');
  const t = typed as unknown as (key: string, values: object) => string;
  return useCallback(
    (name: string, otherwise = name, values: Values = {}): string => {
      const key = `${below}.${name}`;
      return name !== '' && i18n.exists(key) ? t(key, { replace: { ...values } }) : otherwise;
    },
    [t, i18n, below],
  );
}
