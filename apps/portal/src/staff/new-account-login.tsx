import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { useSending } from './acts.js';

interface New {
  readonly name: string;
  readonly loginId: string;
  readonly mail: string;
  readonly phone: string;
}

/** What was left empty is not sent. */
const given = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** A customer's login; its first password is chosen by its owner, by mail. */
export function NewAccountLogin({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const add = (values: New, key: string) => {
    const name = values.name.trim();
    const mail = values.mail.trim();
    const phone = values.phone.normalize('NFKC').replace(/[\s-]/g, '');
    const body = { name, mail, ...given({ loginId: values.loginId.trim(), phone }) };
    return sending(
      { title: t('logins.add'), consequence: t('logins.addConsequence', { name, mail }), go: t('logins.go') },
      { changes: [['logins', account]], done: t('logins.added', { name }) },
      key,
      headers => call('POST', `/accounts/${encodeURIComponent(account)}/logins`, { body, headers }),
    );
  };
  return (
    <details>
      <summary>{t('logins.add')}</summary>
      <Form<New>
        initial={{ name: '', loginId: '', mail: '', phone: '' }}
        onSend={add}
        go={t('logins.go')}
        empties
      >
        <Field
          name="name"
          label={t('logins.person')}
          hint={t('logins.nameHint')}
          autoComplete="off"
          maxLength={100}
          required
        />
        <Field
          name="mail"
          label={t('logins.mail')}
          hint={t('logins.mailHint')}
          type="email"
          autoComplete="off"
          maxLength={254}
          required
        />
        <Field
          name="loginId"
          label={t('logins.loginId')}
          hint={t('logins.loginIdHint')}
          autoComplete="off"
          maxLength={100}
        />
        <Field
          name="phone"
          label={t('logins.phone')}
          hint={t('logins.phoneHint')}
          type="tel"
          autoComplete="off"
          maxLength={30}
        />
      </Form>
    </details>
  );
}
