import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { created, send } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { PasswordPair } from '../security/password-pair.js';
import { LoginField } from '../ui/form/login-field.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { Page, Sheet } from '../ui/page.js';
import { circlesKey } from './questions.js';

interface Values extends PasswordPairValues {
  readonly name: string;
  readonly loginId: string;
  readonly mail: string;
}

/** A new circle with its login (ACC-14, ACC-19). */
export default function AddCirclePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const navigate = useNavigate();
  return (
    <Page title={t('circles.add')}>
      <Sheet>
        <OwnForm
          initial={{ name: '', loginId: '', mail: '', password: '', again: '' }}
          go={t('circle.create')}
          act={({ name, loginId, mail, password }: Values) => ({
            changes: [circlesKey(account)],
            send: async () => {
              const login = { loginId: loginId.trim() || undefined, mail: mail.trim() || undefined };
              const body = { name: name.trim(), password, ...login };
              const route = '/api/v1/accounts/{account}/circles';
              return created(await send('POST', route, { path: { account }, body }));
            },
            done: ({ circle }) => t('circles.added', { id: circle }),
            after: ({ circle }) => navigate({ to: `/circles/${circle}` as never }),
          })}
        >
          <LoginField name="name" label={t('circle.newName')} required />
          <LoginField name="loginId" hint={t('circle.newLoginIdHint')} />
          <PasswordPair label={t('circle.newPassword')} />
          <LoginField name="mail" hint={t('circle.newMailHint')} />
        </OwnForm>
      </Sheet>
    </Page>
  );
}
