import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { dayText, timeText } from '../ui/time-text.js';
import { useEndings } from './contracts-questions.js';
import { useAccountFacts } from './questions.js';

/** Above every page of an account: that its service is suspended, and what to do; that it ends. */
export default function AccountBands() {
  const { t } = useTranslation('customer');
  const since = useAccountFacts().data?.suspendedSince ?? null;
  const endsOn = useEndings().data?.accountEndsOn ?? null;
  return (
    <>
      {since !== null && (
        <div className="band warn">
          <p>{t('suspended.since', { time: timeText(since) })}</p>
          <AppLink to="/prepaid" className="button small">
            {t('suspended.toPrepaid')}
          </AppLink>
        </div>
      )}
      {endsOn !== null && (
        <div className="band">
          <p>{t('whole.accountEnds', { day: dayText(endsOn) })}</p>
        </div>
      )}
    </>
  );
}
