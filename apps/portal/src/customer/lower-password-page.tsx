import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useAccount, useFace } from '../app/session.js';
import { placeLoginProblem, useLoginProblems } from '../security/login-problems.js';
import { PasswordPair, type PasswordPairValues } from '../security/password-pair.js';
import { useConfirm } from '../ui/confirm.js';
import { Form, NOT_SENT } from '../ui/form/form.js';
import { Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { useToasts } from '../ui/toasts.js';
import { useOwnCircle } from './own-circle.js';
import { ofAccount, useCircle, useUniques } from './questions.js';

/** Whose password is set anew. */
interface Lower {
  readonly circle: string;
  /** Without it the login of the circle itself. */
  readonly unique?: string;
  readonly name: string;
  readonly loginId: string;
}

/**
 * Another password for a login below one's own who forgot it: only accounts and staff get a reminder by mail
 * (ACC-13). Whoever signs in with it has to choose one of their own.
 */
export default function LowerPasswordPage() {
  const { unique }: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return unique === undefined ? <OfCircle /> : <OfUnique id={unique} />;
}

function OfCircle() {
  const circle = useOwnCircle();
  const found = useCircle(circle);
  return (
    <Around id={circle} {...(found.data && { name: found.data.name })}>
      <Answer of={found}>
        {({ name, loginId }) => <PasswordForm of={{ circle, name, loginId }} back={`/circles/${circle}`} />}
      </Answer>
    </Around>
  );
}

function OfUnique({ id }: { id: string }) {
  const circle = useOwnCircle();
  const found = useUniques(useMemo(() => [circle], [circle]));
  const unique = found.data?.find(one => one.unique === id);
  const back = useFace() === 'account' ? `/circles/${circle}` : '/uniques';
  return (
    <Around id={id} {...(unique && { name: unique.name })}>
      <Answer of={found}>
        {() => (unique ? <PasswordForm of={{ ...unique, circle }} back={back} /> : <Empty />)}
      </Answer>
    </Around>
  );
}

interface AroundProps {
  readonly id: string;
  readonly name?: string;
  readonly children: ReactNode;
}
function Around({ id, name, children }: AroundProps) {
  const { t } = useTranslation('customer');
  const title = name === undefined ? t('lowerPassword.name') : t('lowerPassword.title', { name });
  return (
    <Page title={title} lead={<span className="code">{id}</span>}>
      <Sheet>{children}</Sheet>
    </Page>
  );
}

function PasswordForm({ of, back }: { of: Lower; back: string }) {
  const { t } = useTranslation('customer');
  const account = useAccount();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const { circle, unique, name, loginId } = of;
  const save = async ({ password }: PasswordPairValues) => {
    const yes = await confirm({
      title: t('lowerPassword.title', { name }),
      consequence: t('lowerPassword.consequence', { loginId }),
      go: t('lowerPassword.go'),
      danger: true,
    });
    if (!yes) return NOT_SENT;
    const which = unique === undefined ? 'password' : 'unique-password';
    const path = ofAccount(account, `/circles/${encodeURIComponent(circle)}/${which}`);
    const body = unique === undefined ? { password } : { unique, password };
    await placeLoginProblem(problems, () => call('PUT', path, { body }));
    toasts.done(t('lowerPassword.done', { name }));
    await navigate({ to: back as never });
    return undefined;
  };
  return (
    <Form initial={{ password: '', again: '' }} onSend={save} go={t('lowerPassword.go')}>
      <Note>{t('lowerPassword.lead')}</Note>
      <p>
        {t('circle.loginId')} <span className="code">{loginId}</span>
      </p>
      <PasswordPair label={t('lowerPassword.next')} />
    </Form>
  );
}
