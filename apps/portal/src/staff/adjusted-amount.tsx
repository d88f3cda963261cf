import { useTranslation } from 'react-i18next';
import { Field, RadioField } from '../ui/form/field.js';
import { plainAmount } from '../ui/money-text.js';

/** An adjustment as it is typed in: which way, and how much. */
export interface AdjustedAmount {
  direction: 'up' | 'down';
  amount: string;
}

/** The amount with its sign, as the API takes it: the same in an approval and in what it approves. */
export const signedAmount = ({ direction, amount }: AdjustedAmount): string =>
  `${direction === 'down' ? '-' : ''}${plainAmount(amount)}`;

export function AdjustedAmountFields() {
  const { t } = useTranslation('staff');
  return (
    <>
      <RadioField
        name="direction"
        label={t('adjust.direction')}
        choices={[
          ['up', t('adjust.up')],
          ['down', t('adjust.down')],
        ]}
        required
      />
      <Field
        name="amount"
        label={t('charge.amount')}
        inputMode="decimal"
        rules={{
          validate: (text: string) => /^\d+(\.\d{1,4})?$/.test(plainAmount(text)) || t('search.badAmount'),
        }}
        required
      />
    </>
  );
}
