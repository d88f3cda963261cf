import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Bare } from '../app/bare.js';
import { AppLink } from '../app/link.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note } from '../ui/page.js';

/** Asks for a mail with a link (ACC-13). The answer is the same whether there is such a login or not. */
export default function ReminderPage() {
  const { t } = useTranslation();
  const [isSent, setSent] = useState(false);
  const ask = async ({ loginId }: { loginId: string }) => {
    await call('POST', '/password-reminders', { body: { level: 'account', loginId: loginId.trim() } });
    setSent(true);
  };
  return (
    <Bare>
      <div className="narrow sheet stack">
        <h1 tabIndex={-1}>{t('reminder.title')}</h1>
        {isSent ? (
          <Note kind="good">
            <p role="status">{t('reminder.sent')}</p>
          </Note>
        ) : (
          <>
            <p className="soft">{t('reminder.lead')}</p>
            <Form initial={{ loginId: '' }} onSend={ask} go={t('reminder.go')} careless>
              <Field
                name="loginId"
                label={t('signIn.loginId')}
                required
                autoComplete="username"
                maxLength={100}
              />
            </Form>
          </>
        )}
        <p className="small soft">{t('reminder.lost')}</p>
        <p>
          <AppLink to="/">{t('reminder.back')}</AppLink>
        </p>
      </div>
    </Bare>
  );
}
