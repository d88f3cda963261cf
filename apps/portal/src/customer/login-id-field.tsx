import { useTranslation } from 'react-i18next';
import { Field } from '../ui/form/field.js';

/** The id of a new login; ten digits are issued without one. */
export function LoginIdField() {
  const { t } = useTranslation('customer');
  return (
    <Field
      name="loginId"
      label={t('circle.newLoginId')}
      hint={t('circle.newLoginIdHint')}
      maxLength={50}
      autoComplete="off"
    />
  );
}
