import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { useSession } from '../app/session.js';
import { Columns, code, Facts, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { LoginIdForm, PasswordForm } from './change-forms.js';
import { Contacts } from './contacts.js';
import { LiveSessions } from './live-sessions.js';
import { Passkeys } from './passkeys.js';
import { ProofProvider } from './proof.js';
import { SECURITY, type Security } from './questions.js';
import { Totp } from './totp.js';

/** One's own sign-in, whatever one looks at: password, login id, contacts, second factors, sessions. */
export default function SecurityPage() {
  const { t } = useTranslation(['security', 'frame']);
  const security = useAsk(SECURITY, '/api/v1/security', {});
  return (
    <Page title={t('name')} lead={t('lead')}>
      <ProofProvider>
        <Answer of={security}>{of => <Settings of={of} />}</Answer>
      </ProofProvider>
      <Sheet title={t('sessions')}>
        <p className="soft small">{t('sessionsLead')}</p>
        <LiveSessions />
      </Sheet>
    </Page>
  );
}

function Settings({ of }: { of: Security }) {
  const { t } = useTranslation(['security', 'frame']);
  const session = useSession();
  const isStaff = session.level === 'staff';
  return (
    <>
      <Sheet title={t('login')}>
        <Facts
          of={[
            [t('frame:login.id'), code(of.loginId)],
            [t('person'), session.name],
            [t('level'), t(`frame:face.${session.level}`)],
            [t('passwordSince'), <Time key="since" at={of.passwordChangedAt} />],
            [t('until'), <Time key="until" at={session.expiresAt} />],
          ]}
        />
      </Sheet>
      <Columns>
        <div>
          <Sheet title={t('password.title')}>
            <PasswordForm loginId={of.loginId} />
          </Sheet>
          {isStaff && (
            <Sheet title={t('totp.title')}>
              <Totp since={of.totp?.enrolledAt ?? null} />
            </Sheet>
          )}
        </div>
        <div>
          <Sheet title={t('id.title')}>
            <LoginIdForm loginId={of.loginId} />
          </Sheet>
          <Sheet title={t('contacts.title')}>
            <Contacts of={of.contacts} />
          </Sheet>
          {isStaff && (
            <Sheet title={t('passkeys.title')}>
              <Passkeys of={of.passkeys} />
            </Sheet>
          )}
        </div>
      </Columns>
    </>
  );
}
