import { useTranslation } from 'react-i18next';
import { Field, RadioField } from '../ui/form/field.js';
import { isAmountWithoutSign } from './amounts.js';

export function AdjustedAmountFields() {
  const { t } = useTranslation(['staff', 'frame']);
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
          validate: (text: string) => isAmountWithoutSign(text) || t('frame:search.badAmount'),
        }}
        required
      />
    </>
  );
}
