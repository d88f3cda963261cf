import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useConfirm } from '../ui/confirm.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Waiting } from '../ui/states.js';
import { timeText } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { placeLoginProblem, useLoginProblems } from './login-problems.js';
import { useProof } from './proof.js';
import { SECURITY } from './security.types.js';

const QrCode = lazy(() => import('./qr.js'));

/** Shown once and nowhere else. */
interface Enrolment {
  readonly uri: string;
  readonly secret: string;
}

/** The authenticator app of a staff login: set up, and taken away. */
export function Totp({ since }: { since: string | null }) {
  const { t } = useTranslation(['security', 'frame']);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const toasts = useToasts();
  const prove = useProof();
  const begin = async () =>
    setEnrolment(await prove(() => call<Enrolment>('POST', '/security/totp', { body: {} })));
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
          <Remove />
        )}
      </div>
    </div>
  );
}

function Remove() {
  const { t } = useTranslation(['security', 'frame']);
  const confirm = useConfirm();
  const toasts = useToasts();
  const client = useQueryClient();
  const prove = useProof();
  const remove = async () => {
    const yes = await confirm({
      title: t('totp.remove'),
      consequence: t('totp.removeConsequence'),
      go: t('totp.remove'),
      danger: true,
    });
    if (!yes) return;
    await prove(() => call('DELETE', '/security/totp'));
    await client.invalidateQueries({ queryKey: SECURITY });
    toasts.done(t('totp.removed'));
  };
  return (
    <button type="button" className="button danger" onClick={() => void remove().catch(toasts.failed)}>
      {t('totp.remove')}
    </button>
  );
}

/** `JBSW Y3DP …`: four letters at a time are typed without a slip. */
const spaced = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

function Enrol({ enrolment: { uri, secret }, end }: { enrolment: Enrolment; end: () => void }) {
  const { t } = useTranslation(['security', 'frame']);
  const client = useQueryClient();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const prove = useProof();
  const finish = async ({ code }: { code: string }) => {
    const send = () => call('POST', '/security/totp/confirm', { body: { code } });
    await placeLoginProblem(problems, () => prove(send));
    await client.invalidateQueries({ queryKey: SECURITY });
    toasts.done(t('totp.done'));
    end();
  };
  return (
    <Form
      initial={{ code: '' }}
      onSend={finish}
      go={t('totp.confirm')}
      careless
      aside={
        <button type="button" className="button quiet" onClick={end}>
          {t('totp.cancel')}
        </button>
      }
    >
      <p>{t('totp.scan')}</p>
      <Suspense fallback={<Waiting />}>
        <QrCode text={uri} label={t('totp.qr')} />
      </Suspense>
      <p className="small soft">{t('totp.secret')}</p>
      <p className="code">{spaced(secret)}</p>
      <Field
        name="code"
        label={t('totp.code')}
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        className="digits"
        rules={{ pattern: { value: /^[0-9]{6}$/, message: t('totp.codeForm') } }}
      />
    </Form>
  );
}
