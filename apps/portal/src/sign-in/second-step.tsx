import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import type { SentCode, Session } from '../api/session.types.js';
import { sessionQuery, useSessionActs } from '../app/session.js';
import { CodeField } from '../ui/form/code-field.js';
import { RadioField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note } from '../ui/page.js';
import { durationText } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { SandboxOutbox } from './sandbox-outbox.js';

type Step = NonNullable<Session['secondStep']>;
type Contact = Step['contacts'][number];
type Method = Contact['methods'][number];

/** Who knows the password shows that the telephone, mail box, app or key is theirs as well. */
export function SecondStep({ step }: { step: Step }) {
  const { t } = useTranslation();
  const { signOut } = useSessionActs();
  const toasts = useToasts();
  const [sent, setSent] = useState(step.sent);
  const others = step.totp || step.passkey;
  return (
    <>
      <h1 tabIndex={-1}>{t('secondStep.title')}</h1>
      {step.passkey && <Passkey />}
      {step.totp && <Totp />}
      {others && step.contacts.length > 0 && <p className="soft">{t('secondStep.or')}</p>}
      {step.contacts.length > 0 &&
        (sent ? (
          <EnterCode sent={sent} again={setSent} other={() => setSent(null)} />
        ) : (
          <ChooseContact contacts={step.contacts} onSent={setSent} />
        ))}
      {!others && step.contacts.length === 0 && <Note kind="warn">{t('secondStep.nothing')}</Note>}
      <p>
        <button
          type="button"
          className="button quiet small"
          onClick={() => void signOut().catch(toasts.failed)}
        >
          {t('secondStep.abort')}
        </button>
      </p>
    </>
  );
}

const sendCode = (contact: string, method: Method): Promise<SentCode> =>
  send('POST', '/api/v1/session/codes', { body: { contact, method } });

/** Contact and way in one choice: only those that go together are offered. */
function ChooseContact({
  contacts,
  onSent,
}: {
  contacts: readonly Contact[];
  onSent: (sent: SentCode) => void;
}) {
  const { t } = useTranslation();
  const choices = contacts.flatMap(({ contact, kind, masked, methods }) =>
    methods.map(method => {
      const where = t(kind === 'mail' ? 'secondStep.mailTo' : 'secondStep.phoneEnding', { masked });
      const name = kind === 'mail' ? where : `${where} · ${t(`secondStep.${method}`)}`;
      return [`${method} ${contact}`, name] as const;
    }),
  );
  const choose = async ({ where }: { where: string }) => {
    const [method = '', ...contact] = where.split(' ');
    onSent(await sendCode(contact.join(' '), method as Method));
  };
  return (
    <Form initial={{ where: choices[0]?.[0] ?? '' }} onSend={choose} go={t('secondStep.send')} careless>
      <RadioField name="where" label={t('secondStep.lead')} choices={choices} required />
    </Form>
  );
}

interface EnterProps {
  readonly sent: SentCode;
  readonly again: (sent: SentCode) => void;
  readonly other: () => void;
}

function EnterCode({ sent, again, other }: EnterProps) {
  const { t } = useTranslation();
  const { act } = useSessionActs();
  const toasts = useToasts();
  const validMs = useCountdown(sent.expiresAt);
  const resendMs = useCountdown(sent.resendAt);
  const resend = () => sendCode(sent.contact, sent.method).then(again).catch(toasts.failed);
  return (
    <>
      <Note>
        <p>{t('secondStep.sent', { masked: sent.masked })}</p>
        <p className="small tabular">
          {validMs > 0
            ? t('secondStep.validFor', { time: durationText(validMs, false).slice(2) })
            : t('secondStep.expired')}
        </p>
      </Note>
      <SandboxOutbox sentAt={sent.expiresAt} />
      <Form
        initial={{ code: '' }}
        onSend={({ code }) => act(send('POST', '/api/v1/session/codes/verify', { body: { code } }))}
        go={t('secondStep.verify')}
        careless
      >
        <Code label={t('secondStep.code')} />
      </Form>
      <div className="buttons">
        <button type="button" className="button small" disabled={resendMs > 0} onClick={() => void resend()}>
          {resendMs > 0
            ? t('secondStep.resendIn', { seconds: Math.ceil(resendMs / 1000) })
            : t('secondStep.resend')}
        </button>
        <button type="button" className="button small quiet" onClick={other}>
          {t('secondStep.other')}
        </button>
      </div>
    </>
  );
}

function Code({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <CodeField label={label} hint={t('secondStep.codeHint')} malformed={t('secondStep.codeMalformed')} />
  );
}

function Totp() {
  const { t } = useTranslation();
  const { act } = useSessionActs();
  return (
    <Form
      initial={{ code: '' }}
      onSend={({ code }) => act(send('POST', '/api/v1/session/totp', { body: { code } }))}
      go={t('secondStep.verify')}
      careless
    >
      <p>{t('secondStep.totpLead')}</p>
      <Code label={t('secondStep.totp')} />
    </Form>
  );
}

function Passkey() {
  const { t } = useTranslation();
  const { act } = useSessionActs();
  const toasts = useToasts();
  const client = useQueryClient();
  const [failed, setFailed] = useState(false);
  const confirm = async () => {
    setFailed(false);
    const options = await send('POST', '/api/v1/session/passkey/options', {});
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const response = await startAuthentication({ optionsJSON: options as never }).catch(() => null);
    if (response === null) setFailed(true);
    else await act(send('POST', '/api/v1/session/passkey', { body: { response: { ...response } } }));
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <>
      <button type="button" className="button primary" onClick={() => void confirm().catch(toasts.failed)}>
        {t('secondStep.passkey')}
      </button>
      {failed && (
        <p className="wrong" role="alert">
          {t('secondStep.passkeyFailed')}
        </p>
      )}
    </>
  );
}

/** Milliseconds until a moment, counted down every second; 0 when it is over. */
function useCountdown(until: string): number {
  const left = () => Math.max(0, Date.parse(until) - Date.now());
  const [ms, setMs] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts again with another moment only
  useEffect(() => {
    setMs(left());
    const tick = setInterval(() => setMs(left()), 1000);
    return () => clearInterval(tick);
  }, [until]);
  return ms;
}
