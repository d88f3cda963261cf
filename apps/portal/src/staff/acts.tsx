import type { FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ActButton, type ActButtonProps, ActForm, type ActFormProps, useAct } from '../ui/act.js';
import { type Manners } from '../ui/doing.js';

/** Staff say why, and are asked before the same is posted once more. */
function useManners(): Manners {
  const { t } = useTranslation('staff');
  const repeated = (minutes: string) => ({
    title: t('repeat.title'),
    consequence: minutes === '0' ? t('repeat.justNow') : t('repeat.minutesAgo', { minutes }),
    go: t('repeat.go'),
    stay: t('repeat.stay'),
    danger: true,
  });
  return { reason: true, repeated };
}

type Own<Props> = Omit<Props, 'manners'>;

/** A form by which staff change something. */
export function StaffForm<Values extends FieldValues, Answer>(props: Own<ActFormProps<Values, Answer>>) {
  return <ActForm manners={useManners()} {...props} />;
}

/** A button by which staff change something. */
export function StaffButton<Answer>(props: Own<ActButtonProps<Answer>>) {
  return <ActButton manners={useManners()} {...props} />;
}

/** The same for what is no button: a choice of a list. */
export const useStaffAct = () => useAct(useManners());

/** What is read anew after money of an account has moved. */
export const moneyOf = (account: string) =>
  [
    ['balance', account],
    ['history', account],
    ['balance-history', account],
  ] as const;

/** What is read anew after an agreement with a customer has changed. */
export const contractOf = (account: string) => [['account', account], ['accounts']] as const;
