import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useAccount, useFace } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { PasswordPair } from '../security/password-pair.js';
import type { PasswordPairValues } from '../ui/form/password-twice.js';
import { code, Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { useOwnCircle } from './own-circle.js';
import { useCircle, useUniques } from './questions.js';

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
    <Page title={title} lead={code(id)}>
      <Sheet>{children}</Sheet>
    </Page>
  );
}

function PasswordForm({ of: { circle, unique, name, loginId }, back }: { of: Lower; back: string }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const navigate = useNavigate();
  const route = '/api/v1/accounts/{account}/circles/{circle}';
  const path = { account, circle };
  return (
    <OwnForm
      initial={{ password: '', again: '' }}
      go={t('lowerPassword.go')}
      act={({ password }: PasswordPairValues) => ({
        ask: {
          title: t('lowerPassword.title', { name }),
          consequence: t('lowerPassword.consequence', { loginId }),
          go: t('lowerPassword.go'),
          danger: true,
        },
        changes: [],
        send: () =>
          unique === undefined
            ? send('PUT', `${route}/password`, { path, body: { password } })
            : send('PUT', `${route}/unique-password`, { path, body: { unique, password } }),
        done: t('lowerPassword.done', { name }),
        after: () => navigate({ to: back as never }),
      })}
    >
      <Note>{t('lowerPassword.lead')}</Note>
      <p>
        {t('frame:login.id')} <span className="code">{loginId}</span>
      </p>
      <PasswordPair label={t('lowerPassword.next')} />
    </OwnForm>
  );
}
