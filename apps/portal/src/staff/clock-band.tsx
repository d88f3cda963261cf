import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { timeText } from '../ui/time-text.js';
import { StaffButton } from './acts.js';

/** How often it is asked whether the server believes its clock. */
const ASK_MS = 30_000;

/** Above every page of staff while the clock is not trusted: what waits, and who lets it go on. */
export default function ClockBand() {
  const { t } = useTranslation('staff');
  const mayConfirm = useMay()('POST /api/v1/clock/confirm');
  const { data } = useAsk(['clock'], '/api/v1/clock', {}, { refetchInterval: ASK_MS });
  // That it cannot be asked is told by what the page itself asks.
  if (!data || data.trusted || data.why === null || data.believed === null) return null;
  const shown = timeText(data.shown);
  return (
    <section className="band warn" role="status" aria-label={t('clock.label')}>
      <p className="grow">
        <strong>{t(`clock.${data.why}`, { shown, believed: timeText(data.believed) })}</strong>{' '}
        {t('clock.waits')} {t(mayConfirm ? 'clock.whatToDo' : 'clock.askOthers')}
      </p>
      {mayConfirm && (
        <StaffButton
          ask={{
            title: t('clock.title'),
            consequence: t('clock.consequence', { shown }),
            go: t('clock.go'),
            danger: true,
          }}
          send={command => send('POST', '/api/v1/clock/confirm', { command })}
          // What waited may happen now, on any page.
          changes={[[]]}
          done={t('clock.done')}
        >
          {t('clock.confirm')}
        </StaffButton>
      )}
    </section>
  );
}
