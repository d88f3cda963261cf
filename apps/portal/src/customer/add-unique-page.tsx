import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { created, send } from '../api/client.js';
import { useAccount, useFace } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { PasswordPair } from '../security/password-pair.js';
import { LoginField } from '../ui/form/login-field.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { code, Page, Sheet } from '../ui/page.js';
import { useOwnCircle } from './own-circle.js';
import { circlesKey } from './questions.js';

interface Values extends PasswordPairValues {
  readonly name: string;
  readonly loginId: string;
}

/** A new unique of a circle with its login (ACC-03, ACC-11). */
export default function AddUniquePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const circle = useOwnCircle();
  const isAccount = useFace() === 'account';
  const navigate = useNavigate();
  return (
    <Page title={t('circle.addUnique')} lead={code(circle)}>
      <Sheet>
        <OwnForm
          initial={{ name: '', loginId: '', password: '', again: '' }}
          go={t('circle.create')}
          act={({ name, loginId, password }: Values) => ({
            changes: [circlesKey(account)],
            send: async () => {
              const body = { name: name.trim(), password, loginId: loginId.trim() || undefined };
              const route = '/api/v1/accounts/{account}/circles/{circle}/uniques';
              return created(await send('POST', route, { path: { account, circle }, body }));
            },
            done: ({ unique }) => t('circle.addedUnique', { id: unique }),
            after: () => navigate({ to: (isAccount ? `/circles/${circle}` : '/uniques') as never }),
          })}
        >
          <LoginField name="name" label={t('circle.newName')} required />
          <LoginField name="loginId" hint={t('circle.newLoginIdHint')} />
          <PasswordPair label={t('circle.newPassword')} />
        </OwnForm>
      </Sheet>
    </Page>
  );
}
