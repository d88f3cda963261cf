import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useAccount, useFace } from '../app/session.js';
import { placeLoginProblem, useLoginProblems } from '../security/login-problems.js';
import { PasswordPair, type PasswordPairValues } from '../security/password-pair.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Page, Sheet } from '../ui/page.js';
import { useToasts } from '../ui/toasts.js';
import { LoginIdField } from './add-circle-page.js';
import { useOwnCircle } from './own-circle.js';
import { circlesKey, ofAccount, type Unique } from './questions.js';

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
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const add = async ({ name, loginId, password }: Values) => {
    const path = ofAccount(account, `/circles/${encodeURIComponent(circle)}/uniques`);
    const body = {
      name: name.trim(),
      password,
      ...(loginId.trim() !== '' && { loginId: loginId.trim() }),
    };
    const made = await placeLoginProblem(problems, () => call<Unique>('POST', path, { body }));
    await client.invalidateQueries({ queryKey: circlesKey(account) });
    toasts.done(t('circle.addedUnique', { id: made.unique }));
    await navigate({ to: (isAccount ? `/circles/${circle}` : '/uniques') as never });
  };
  return (
    <Page title={t('circle.addUnique')} lead={<span className="code">{circle}</span>}>
      <Sheet>
        <Form
          initial={{ name: '', loginId: '', password: '', again: '' }}
          onSend={add}
          go={t('circle.create')}
        >
          <Field name="name" label={t('circle.newName')} required maxLength={100} autoComplete="off" />
          <LoginIdField />
          <PasswordPair label={t('circle.newPassword')} />
        </Form>
      </Sheet>
    </Page>
  );
}
