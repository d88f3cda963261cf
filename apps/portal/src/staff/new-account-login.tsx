import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { LoginField } from '../ui/form/login-field.js';
import { StaffForm } from './acts.js';

interface New {
  readonly name: string;
  readonly loginId: string;
  readonly mail: string;
  readonly phone: string;
}

/** A customer's login; its first password is chosen by its owner, by mail. */
export function NewAccountLogin({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  return (
    <details>
      <summary>{t('logins.add')}</summary>
      <StaffForm
        initial={{ name: '', loginId: '', mail: '', phone: '' }}
        go={t('logins.go')}
        empties
        act={(typed: New) => {
          const [name, mail, loginId] = [typed.name.trim(), typed.mail.trim(), typed.loginId.trim()];
          const phone = typed.phone.normalize('NFKC').replace(/[\s-]/g, '');
          const consequence = t('logins.addConsequence', { name, mail });
          return {
            ask: { title: t('logins.add'), consequence, go: t('logins.go') },
            changes: [['logins', account]],
            done: t('logins.added', { name }),
            send: command =>
              send('POST', '/api/v1/accounts/{account}/logins', {
                path: { account },
                body: { name, mail, loginId: loginId || undefined, phone: phone || undefined },
                command,
              }),
          };
        }}
      >
        <LoginField name="name" label={t('logins.person')} hint={t('logins.nameHint')} required />
        <LoginField name="mail" hint={t('logins.mailHint')} required />
        <LoginField name="loginId" hint={t('logins.loginIdHint')} />
        <LoginField name="phone" hint={t('logins.phoneHint')} />
      </StaffForm>
    </details>
  );
}
