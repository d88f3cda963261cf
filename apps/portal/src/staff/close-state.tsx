import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/page.js';
import type { CloseMonth } from './questions.js';

/** A month that is over and not closed is somebody's task; a running one is not. */
export const isDue = ({ over, state }: Pick<CloseMonth, 'over' | 'state'>): boolean =>
  over && state !== 'closed';

export function CloseState({ of }: { of: Pick<CloseMonth, 'over' | 'state'> }) {
  const { t } = useTranslation('staff');
  if (of.state === 'closed') return <Badge kind="good">{t('closes.states.closed')}</Badge>;
  if (isDue(of)) return <Badge kind="warn">{t(`closes.states.${of.state}`)}</Badge>;
  return <Badge>{t('closes.running')}</Badge>;
}
