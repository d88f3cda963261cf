import { useTranslation } from 'react-i18next';
import { Field } from '../ui/form/field.js';

export interface NewPasswordValues {
  readonly password: string;
  readonly again: string;
}

/** A new password, twice, with its rule (ACC-16). The server decides whether it is good enough. */
export function PasswordFields() {
  const { t } = useTranslation();
  return (
    <>
      <Field
        name="password"
        type="password"
        label={t('newPassword.next')}
        hint={t('newPassword.rule')}
        required
        autoComplete="new-password"
        maxLength={200}
      />
      <Field
        name="again"
        type="password"
        label={t('newPassword.again')}
        required
        autoComplete="new-password"
        maxLength={200}
        rules={{
          validate: (again: string, { password }: Partial<NewPasswordValues>) =>
            again === password || t('newPassword.differ'),
        }}
      />
    </>
  );
}
