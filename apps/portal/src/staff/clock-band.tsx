import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered, api, call } from '../api/client.js';
import { timeText } from '../ui/time-text.js';
import { useAct, useMay } from './acts.js';

/** How often it is asked whether the server believes its clock. */
const ASK_MS = 30_000;

/** Above every page of staff while the clock is not trusted: what waits, and who lets it go on. */
export default function ClockBand() {
  const { t } = useTranslation('staff');
  const may = useMay();
  const act = useAct();
  const { data } = useQuery({
    queryKey: ['clock'],
    refetchInterval: ASK_MS,
    queryFn: ({ signal }) => answered(api.GET('/api/v1/clock', { signal })),
  });
  // That it cannot be asked is told by what the page itself asks.
  if (!data || data.trusted || data.why === null || data.believed === null) return null;
  const shown = timeText(data.shown);
  const confirm = () =>
    act(
      {
        title: t('clock.title'),
        consequence: t('clock.consequence', { shown }),
        go: t('clock.go'),
        danger: true,
      },
      // What waited may happen now, on any page.
      { changes: [[]], done: t('clock.done') },
      headers => call('POST', '/clock/confirm', { headers }),
    );
  return (
    <section className="band warn" role="status" aria-label={t('clock.label')}>
      <p className="grow">
        <strong>{t(`clock.${data.why}`, { shown, believed: timeText(data.believed) })}</strong>{' '}
        {t('clock.waits')} {t(may('clock') ? 'clock.whatToDo' : 'clock.askOthers')}
      </p>
      {may('clock') && (
        <button type="button" className="button small" onClick={() => void confirm()}>
          {t('clock.confirm')}
        </button>
      )}
    </section>
  );
}
