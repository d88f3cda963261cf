import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { Bare } from '../app/bare.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Field, RadioField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note } from '../ui/page.js';

const REMINDED = ['account', 'staff'] as const;

interface Values {
  readonly level: (typeof REMINDED)[number];
  readonly loginId: string;
}

/**
 * Asks for a mail with a link (ACC-13). The answer is the same whether there is such a login or not. Circles
 * and uniques get none: the level above sets another password for them.
 */
export default function ReminderPage() {
  const { t } = useTranslation();
  const [{ level }] = useUrlState();
  const [isSent, setSent] = useState(false);
  const ask = async (values: Values) => {
    const body = { level: values.level, loginId: values.loginId.trim() };
    await send('POST', '/api/v1/password-reminders', { body });
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
            <Form
              initial={{ level: level === 'staff' ? level : 'account', loginId: '' }}
              onSend={ask}
              go={t('reminder.go')}
              careless
            >
              <RadioField
                name="level"
                label={t('reminder.level')}
                required
                choices={REMINDED.map(one => [one, t(`signIn.tabs.${one}`)])}
              />
              <Field name="loginId" label={t('login.id')} required autoComplete="username" maxLength={100} />
            </Form>
          </>
        )}
        <p className="small soft">{t('reminder.below')}</p>
        <p className="small soft">{t('reminder.lost')}</p>
        <p>
          <AppLink to="/">{t('reminder.back')}</AppLink>
        </p>
      </div>
    </Bare>
  );
}
