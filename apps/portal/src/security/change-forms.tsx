import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { sessionQuery } from '../app/session.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { useToasts } from '../ui/toasts.js';
import { placeLoginProblem, useLoginProblems } from './login-problems.js';
import { PasswordPair, type PasswordPairValues } from './password-pair.js';
import { useProof } from './proof.js';
import { LIVE, SECURITY } from './security.types.js';

interface PasswordValues extends PasswordPairValues {
  readonly current: string;
}

/** Current, new, new again (ACC-17). All other sessions of the login end. */
export function PasswordForm({ loginId }: { loginId: string }) {
  const { t } = useTranslation(['security', 'frame']);
  const client = useQueryClient();
  const toasts = useToasts();
  const problems = useLoginProblems();
  // A form that was sent is done: the next one begins empty.
  const [round, setRound] = useState(0);
  const change = async ({ current, password }: PasswordValues) => {
    const body = { current, next: password };
    await placeLoginProblem(problems, () => call('POST', '/security/password', { body }));
    for (const queryKey of [SECURITY, LIVE, sessionQuery.queryKey]) {
      await client.invalidateQueries({ queryKey });
    }
    toasts.done(t('password.done'));
    setRound(round + 1);
  };
  return (
    <Form
      key={round}
      initial={{ current: '', password: '', again: '' }}
      onSend={change}
      go={t('password.go')}
      careless
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
    </Form>
  );
}

const ALLOWED = /^[A-Za-z0-9@._-]{4,50}$/;

/** Letters, digits and @ - _ . (ACC-14, ACC-15). */
export function LoginIdForm({ loginId }: { loginId: string }) {
  const { t } = useTranslation(['security', 'frame']);
  const client = useQueryClient();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const prove = useProof();
  const change = async (values: { loginId: string }) => {
    const body = { next: values.loginId.trim() };
    await placeLoginProblem(problems, () => prove(() => call('POST', '/security/login-id', { body })));
    await client.invalidateQueries({ queryKey: SECURITY });
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    toasts.done(t('id.done'));
  };
  return (
    <Form key={loginId} initial={{ loginId: '' }} onSend={change} go={t('id.go')} careless>
      <p>
        {t('id.current')} <span className="code">{loginId}</span>
      </p>
      <Field
        name="loginId"
        label={t('id.next')}
        hint={t('id.hint')}
        required
        autoComplete="off"
        maxLength={50}
        rules={{
          validate: (text: string) =>
            !ALLOWED.test(text.trim()) ? t('id.form') : /^\d+$/.test(text.trim()) ? t('id.digits') : true,
        }}
      />
    </Form>
  );
}
