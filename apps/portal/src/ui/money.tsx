import { useTranslation } from 'react-i18next';
import { moneyParts } from './money-text.js';

interface Props {
  /** Decimal text as the API gives it. */
  readonly of: string;
  /** So many decimals at least: documents say how many they show. */
  readonly decimals?: number;
  /** Room for so many decimals, so that the points of a column stand below each other. */
  readonly room?: number;
  /** Shows 円 / yen behind it. */
  readonly unit?: boolean;
}

/** An amount of yen: thousands apart, a real minus, never rounded. */
export function Money({ of, decimals = 0, room = 0, unit = false }: Props) {
  const { t } = useTranslation();
  const parts = moneyParts(of, decimals);
  if (!parts) return <span className="money">{of}</span>;
  const { sign, whole, fraction } = parts;
  const missing = room > 0 ? room + 1 - fraction.length : 0;
  return (
    <span className={sign === '' ? 'money' : 'money negative'}>
      {sign}
      {whole}
      {fraction}
      {missing > 0 && (
        <span className="pad" aria-hidden="true">
          {`${fraction === '' ? '.' : ''}${'0'.repeat(fraction === '' ? missing - 1 : missing)}`}
        </span>
      )}
      {unit && <span className="unit">{t('unit.yen')}</span>}
    </span>
  );
}
