import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useSessionActs } from '../app/session.js';
import { Form } from '../ui/form/form.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { useToasts } from '../ui/toasts.js';
import { PasswordFields } from './password-fields.js';

/** The password has to change before anything else (ACC-18). */
export function NewPassword() {
  const { t } = useTranslation();
  const { act, signOut } = useSessionActs();
  const toasts = useToasts();
  const change = async ({ password }: PasswordPairValues) => {
    await act(send('POST', '/api/v1/session/password', { body: { password } }));
    toasts.done(t('newPassword.changed'));
  };
  return (
    <>
      <h1 tabIndex={-1}>{t('newPassword.title')}</h1>
      <p>{t('newPassword.forced')}</p>
      <Form
        initial={{ password: '', again: '' }}
        onSend={change}
        go={t('newPassword.go')}
        careless
        aside={
          <button type="button" className="button quiet" onClick={() => void signOut().catch(toasts.failed)}>
            {t('secondStep.abort')}
          </button>
        }
      >
        <PasswordFields />
      </Form>
    </>
  );
}
