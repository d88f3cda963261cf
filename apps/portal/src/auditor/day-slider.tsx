import { useTranslation } from 'react-i18next';
import { useAhead } from '../app/url-state.js';
import { daysBetween, daysLater, dayText } from '../ui/time-text.js';

/** How long the slider rests before the question is asked. */
const REST_MS = 150;

interface Props {
  /** First and last day that can be chosen. */
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}

/** A day on a line of days; arrow keys go a day, page keys a tenth of the way. */
export function DaySlider({ from, to, day, onDay }: Props) {
  const { t } = useTranslation('auditor');
  const last = Math.max(0, daysBetween(from, to));
  const given = Math.min(last, Math.max(0, daysBetween(from, day)));
  const [moved, setMoved] = useAhead(given, days => onDay(daysLater(from, days)), REST_MS);
  const shown = dayText(daysLater(from, moved));
  return (
    <div className="slider">
      <label htmlFor="day-slider">{t('asOf.day')}</label>
      <output htmlFor="day-slider">{shown}</output>
      <input
        id="day-slider"
        type="range"
        min={0}
        max={last}
        step={1}
        value={moved}
        aria-valuetext={shown}
        onChange={event => setMoved(event.target.valueAsNumber)}
      />
      <span className="soft small">{dayText(from)}</span>
      <span className="soft small">{dayText(to)}</span>
    </div>
  );
}
