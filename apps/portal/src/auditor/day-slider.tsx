import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
  const [moved, setMoved] = useState(given);
  useEffect(() => setMoved(given), [given]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: waits for the slider alone
  useEffect(() => {
    if (moved === given) return;
    const rest = setTimeout(() => onDay(daysLater(from, moved)), REST_MS);
    return () => clearTimeout(rest);
  }, [moved]);
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
