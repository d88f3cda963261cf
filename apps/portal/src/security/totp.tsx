import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { CodeField } from '../ui/form/code-field.js';
import { Waiting } from '../ui/states.js';
import { timeText } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { OwnButton, OwnForm } from './own-acts.js';
import { useProof } from './proof.js';
import { SECURITY } from './questions.js';

const QrCode = lazy(() => import('./qr.js'));

/** Shown once and nowhere else. */
type Enrolment = Schemas['TotpSecret'];

/** The authenticator app of a staff login: set up, and taken away. */
export function Totp({ since }: { since: string | null }) {
  const { t } = useTranslation(['security', 'frame']);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const toasts = useToasts();
  const prove = useProof();
  const begin = async () => setEnrolment(await prove(() => send('POST', '/api/v1/security/totp', {})));
  if (enrolment) return <Enrol enrolment={enrolment} end={() => setEnrolment(null)} />;
  return (
    <div className="stack">
      <p className="soft small">{t('totp.lead')}</p>
      <p>{since === null ? t('totp.off') : t('totp.since', { at: timeText(since) })}</p>
      <div className="buttons">
        {since === null ? (
          <button type="button" className="button primary" onClick={() => void begin().catch(toasts.failed)}>
            {t('totp.begin')}
          </button>
        ) : (
          <OwnButton
            large
            danger
            ask={{
              title: t('totp.remove'),
              consequence: t('totp.removeConsequence'),
              go: t('totp.remove'),
              danger: true,
            }}
            send={() => send('DELETE', '/api/v1/security/totp', {})}
            changes={[SECURITY]}
            done={t('totp.removed')}
          >
            {t('totp.remove')}
          </OwnButton>
        )}
      </div>
    </div>
  );
}

/** `JBSW Y3DP …`: four letters at a time are typed without a slip. */
const spaced = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

function Enrol({ enrolment: { uri, secret }, end }: { enrolment: Enrolment; end: () => void }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <OwnForm
      initial={{ code: '' }}
      go={t('totp.confirm')}
      careless
      aside={
        <button type="button" className="button quiet" onClick={end}>
          {t('totp.cancel')}
        </button>
      }
      act={({ code }: { code: string }) => ({
        changes: [SECURITY],
        send: () => send('POST', '/api/v1/security/totp/confirm', { body: { code } }),
        done: t('totp.done'),
        after: end,
      })}
    >
      <p>{t('totp.scan')}</p>
      <Suspense fallback={<Waiting />}>
        <QrCode text={uri} label={t('totp.qr')} />
      </Suspense>
      <p className="small soft">{t('totp.secret')}</p>
      <p className="code">{spaced(secret)}</p>
      <CodeField label={t('totp.code')} malformed={t('totp.codeForm')} />
    </OwnForm>
  );
}
