import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { Bare } from '../app/bare.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Form } from '../ui/form/form.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { useToasts } from '../ui/toasts.js';
import { PasswordFields } from './password-fields.js';

/** Where the link of the reminder mail leads: sets a new password with the token of the link. */
export default function ResetPage() {
  const { t } = useTranslation();
  const [search] = useUrlState();
  // The token leaves the address with the first step away from here; until then a reload needs it.
  const [token] = useState(search['token'] ?? '');
  const toasts = useToasts();
  const navigate = useNavigate();
  const reset = async ({ password }: PasswordPairValues) => {
    await send('POST', '/api/v1/password-resets', { body: { token, password } });
    toasts.done(t('reminder.resetDone'));
    await navigate({ to: '/' as never, replace: true });
  };
  return (
    <Bare>
      <div className="narrow sheet stack">
        <h1 tabIndex={-1}>{t('reminder.reset')}</h1>
        <Form initial={{ password: '', again: '' }} onSend={reset} go={t('newPassword.go')} careless>
          <PasswordFields />
        </Form>
        <p>
          <AppLink to="/">{t('reminder.back')}</AppLink>
        </p>
      </div>
    </Bare>
  );
}
