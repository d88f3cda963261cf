import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { sessionQuery } from '../app/session.js';
import { Field } from '../ui/form/field.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { OwnForm } from './own-acts.js';
import { PasswordPair } from './password-pair.js';
import { LIVE, SECURITY } from './questions.js';

interface PasswordValues extends PasswordPairValues {
  readonly current: string;
}

/** Current, new, new again (ACC-17). All other sessions of the login end. */
export function PasswordForm({ loginId }: { loginId: string }) {
  const { t } = useTranslation(['security', 'frame']);
  // A form that was sent is done: the next one begins empty.
  const [round, setRound] = useState(0);
  return (
    <OwnForm
      key={round}
      initial={{ current: '', password: '', again: '' }}
      go={t('password.go')}
      careless
      act={({ current, password: next }: PasswordValues) => ({
        changes: [SECURITY, LIVE, sessionQuery.queryKey],
        send: () => send('POST', '/api/v1/security/password', { body: { current, next } }),
        done: t('password.done'),
        after: () => setRound(round + 1),
      })}
    >
      {/* Tells password managers whose password it is. */}
      <input type="text" hidden readOnly autoComplete="username" value={loginId} />
      <Field
        name="current"
        type="password"
        label={t('password.current')}
        required
        autoComplete="current-password"
        maxLength={200}
      />
      <PasswordPair label={t('password.next')} />
      <p className="soft small">{t('password.note')}</p>
    </OwnForm>
  );
}

/** Letters, digits and @ - _ . (ACC-14, ACC-15); how many, the server's policy says. */
export function LoginIdForm({ loginId }: { loginId: string }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <OwnForm
      key={loginId}
      initial={{ loginId: '' }}
      go={t('id.go')}
      careless
      act={(typed: { loginId: string }) => ({
        changes: [SECURITY, sessionQuery.queryKey],
        send: () => send('POST', '/api/v1/security/login-id', { body: { next: typed.loginId.trim() } }),
        done: t('id.done'),
      })}
    >
      <p>
        {t('id.current')} <span className="code">{loginId}</span>
      </p>
      <Field
        name="loginId"
        label={t('id.next')}
        hint={t('id.hint')}
        required
        autoComplete="off"
        maxLength={100}
      />
    </OwnForm>
  );
}
