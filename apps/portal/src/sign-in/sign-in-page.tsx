import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import type { Level } from '../api/session.types.js';
import { AppLink } from '../app/link.js';
import { sessionQuery, useSessionActs } from '../app/session.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { TabBar } from '../ui/tabs.js';
import { language } from '../words/index.js';
import { NewPassword } from './new-password.js';
import { SecondStep } from './second-step.js';

const LEVELS: readonly Level[] = ['account', 'circle', 'unique', 'staff'];
const REMEMBERED = 'daicho.level';

/** What stands between a visitor and the pages: password, second step, a password that must change. */
export default function SignInPage() {
  const { data: session } = useQuery(sessionQuery);
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('signIn.title')} | ${t('title')}`;
  }, [t]);
  return (
    <div className="narrow sheet stack">
      {session?.stage === 'second_step' && session.secondStep ? (
        <SecondStep step={session.secondStep} />
      ) : session?.stage === 'password_change' ? (
        <NewPassword />
      ) : (
        <SignIn />
      )}
    </div>
  );
}

const levelOf = (text: string | null): Level => LEVELS.find(level => level === text) ?? 'account';

function SignIn() {
  const { t } = useTranslation();
  const { act, setLanguage } = useSessionActs();
  const [level, setLevel] = useState(() => levelOf(localStorage.getItem(REMEMBERED)));
  const hasReminder = level === 'account' || level === 'staff';
  const signIn = async (values: { loginId: string; password: string }) => {
    localStorage.setItem(REMEMBERED, level);
    const spoken = language();
    const body = { level, ...values, loginId: values.loginId.trim() };
    const session = await act(send('POST', '/api/v1/sessions', { body }));
    // The language chosen here is what this person wants to read from now on.
    if (session.stage === 'signed_in' && session.language !== spoken) await setLanguage(spoken);
  };
  return (
    <>
      <h1 tabIndex={-1}>{t('signIn.title')}</h1>
      <p className="soft">{t('signIn.lead')}</p>
      <TabBar
        label={t('signIn.title')}
        selected={level}
        onSelect={id => setLevel(levelOf(id))}
        tabs={LEVELS.map(id => ({ id, name: t(`signIn.tabs.${id}`) }))}
      >
        <Form
          key={level}
          initial={{ loginId: '', password: '' }}
          onSend={signIn}
          go={t('signIn.go')}
          careless
          aside={
            hasReminder && (
              <AppLink to="/password-reminder" search={{ level }}>
                {t('signIn.forgotten')}
              </AppLink>
            )
          }
        >
          <Field name="loginId" label={t('login.id')} required autoComplete="username" maxLength={100} />
          <Field
            name="password"
            label={t('signIn.password')}
            type="password"
            required
            autoComplete="current-password"
            maxLength={200}
            {...(level === 'unique' && { hint: t('signIn.uniqueHint') })}
          />
        </Form>
        {!hasReminder && <p className="small soft">{t('reminder.below')}</p>}
      </TabBar>
    </>
  );
}
