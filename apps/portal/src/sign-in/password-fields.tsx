import { useTranslation } from 'react-i18next';
import { PasswordTwice } from '../ui/form/password-twice.js';

/** A new password, twice, with its rule (ACC-16). */
export function PasswordFields() {
  const { t } = useTranslation();
  return (
    <PasswordTwice
      label={t('newPassword.next')}
      again={t('newPassword.again')}
      differ={t('newPassword.differ')}
      hint={t('newPassword.rule')}
    />
  );
}
