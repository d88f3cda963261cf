import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { placeLoginProblem, useLoginProblems } from '../security/login-problems.js';
import { PasswordPair, type PasswordPairValues } from '../security/password-pair.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Page, Sheet } from '../ui/page.js';
import { useToasts } from '../ui/toasts.js';
import { type Circle, circlesKey, ofAccount } from './questions.js';

interface Values extends PasswordPairValues {
  readonly name: string;
  readonly loginId: string;
  readonly mail: string;
}

/** A new circle with its login (ACC-14, ACC-19). */
export default function AddCirclePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const add = async ({ name, loginId, mail, password }: Values) => {
    const body = {
      name: name.trim(),
      password,
      ...(loginId.trim() !== '' && { loginId: loginId.trim() }),
      ...(mail.trim() !== '' && { mail: mail.trim() }),
    };
    const made = await placeLoginProblem(problems, () =>
      call<Circle>('POST', ofAccount(account, '/circles'), { body }),
    );
    await client.invalidateQueries({ queryKey: circlesKey(account) });
    toasts.done(t('circles.added', { id: made.circle }));
    await navigate({ to: `/circles/${made.circle}` as never });
  };
  return (
    <Page title={t('circles.add')}>
      <Sheet>
        <Form
          initial={{ name: '', loginId: '', mail: '', password: '', again: '' }}
          onSend={add}
          go={t('circle.create')}
        >
          <Field name="name" label={t('circle.newName')} required maxLength={100} autoComplete="off" />
          <LoginIdField />
          <PasswordPair label={t('circle.newPassword')} />
          <Field
            name="mail"
            type="email"
            label={t('circle.newMail')}
            hint={t('circle.newMailHint')}
            maxLength={254}
            autoComplete="off"
          />
        </Form>
      </Sheet>
    </Page>
  );
}

export function LoginIdField() {
  const { t } = useTranslation('customer');
  return (
    <Field
      name="loginId"
      label={t('circle.newLoginId')}
      hint={t('circle.newLoginIdHint')}
      maxLength={50}
      autoComplete="off"
    />
  );
}
