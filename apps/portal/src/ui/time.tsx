import { useTranslation } from 'react-i18next';
import { dayText, durationText, monthText, timeText } from './time-text.js';

/** A moment, as the clocks in Japan show it. */
export function Time({ at, seconds = false }: { at: string; seconds?: boolean }) {
  return <time dateTime={at}>{timeText(at, seconds)}</time>;
}

/** A business day, `2026/10/05`. */
export function Day({ of }: { of: string }) {
  return <time dateTime={of}>{dayText(of)}</time>;
}

/** A business month: 2026年10月, October 2026. */
export function Month({ of }: { of: string }) {
  const { i18n } = useTranslation();
  return <time dateTime={of}>{monthText(of, i18n.language === 'en' ? 'en' : 'ja')}</time>;
}

/** How long something took, h:mm:ss.s. */
export function Duration({ ms, tenths = true }: { ms: number; tenths?: boolean }) {
  return <span className="tabular">{durationText(ms, tenths)}</span>;
}
