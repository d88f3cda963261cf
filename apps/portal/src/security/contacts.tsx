import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { sessionQuery } from '../app/session.js';
import { useConfirm } from '../ui/confirm.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { numberPart } from '../ui/number-text.js';
import { Note } from '../ui/page.js';
import { Sealed } from '../ui/sealed.js';
import { useToasts } from '../ui/toasts.js';
import { placeLoginProblem, useLoginProblems } from './login-problems.js';
import { useProof } from './proof.js';
import { type OwnContact, SECURITY } from './security.types.js';

/** Where codes are sent (AUT-01): what is there, and a form for another one. */
export function Contacts({ of }: { of: readonly OwnContact[] }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <div className="stack">
      <p className="soft small">{t('contacts.lead')}</p>
      {of.length === 0 ? (
        <Note kind="warn">{t('contacts.none')}</Note>
      ) : (
        <ul className="plain-list">
          {of.map(contact => (
            <Row key={contact.contact} contact={contact} isLast={of.length === 1} />
          ))}
        </ul>
      )}
      <AddContact />
    </div>
  );
}

function Row({ contact: { contact, kind, masked }, isLast }: { contact: OwnContact; isLast: boolean }) {
  const { t } = useTranslation(['security', 'frame']);
  const confirm = useConfirm();
  const toasts = useToasts();
  const prove = useProof();
  const readAgain = useReadAgain();
  const remove = async () => {
    const yes = await confirm({
      title: t('contacts.removeTitle'),
      consequence: t(isLast ? 'contacts.removeLast' : 'contacts.removeConsequence', { masked }),
      go: t('contacts.remove'),
      danger: true,
    });
    if (!yes) return;
    await prove(() => call('DELETE', `/security/contacts/${encodeURIComponent(contact)}`));
    await readAgain();
    toasts.done(t('contacts.removed'));
  };
  return (
    <li>
      <span className="soft small">{t(`contacts.${kind}`)}</span>{' '}
      <span className="code">
        <Sealed text={masked} />
      </span>
      <button
        type="button"
        className="button small"
        aria-label={t('contacts.removeLabel', { masked })}
        onClick={() => void remove().catch(toasts.failed)}
      >
        {t('contacts.remove')}
      </button>
    </li>
  );
}

/** The session tells as well what its second step can be passed with. */
function useReadAgain(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: SECURITY });
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
}

interface Values {
  readonly kind: 'phone' | 'mail';
  readonly value: string;
}

const fits = (kind: Values['kind'], value: string): boolean =>
  kind === 'phone' ? (numberPart(value) ?? '').length >= 6 : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim());
const sent = ({ kind, value }: Values): Values => ({ kind, value: value.trim() });

function AddContact() {
  const { t } = useTranslation(['security', 'frame']);
  const toasts = useToasts();
  const problems = useLoginProblems();
  const [round, setRound] = useState(0);
  const prove = useProof();
  const readAgain = useReadAgain();
  const add = async (values: Values) => {
    const send = () => call('POST', '/security/contacts', { body: sent(values) });
    await placeLoginProblem(problems, () => prove(send));
    await readAgain();
    toasts.done(t('contacts.added'));
    setRound(round + 1);
  };
  return (
    <Form<Values>
      key={round}
      initial={{ kind: 'phone', value: '' }}
      onSend={add}
      go={t('contacts.add')}
      careless
    >
      <SelectField
        name="kind"
        label={t('contacts.kind')}
        required
        choices={[
          ['phone', t('contacts.phone')],
          ['mail', t('contacts.mail')],
        ]}
      />
      <ValueField />
    </Form>
  );
}

/** Its hint and its rule are those of the kind that is chosen. */
function ValueField() {
  const { t } = useTranslation(['security', 'frame']);
  const kind = (useWatch({ name: 'kind' }) as Values['kind'] | undefined) ?? 'phone';
  return (
    <Field
      name="value"
      type={kind === 'phone' ? 'tel' : 'email'}
      label={t('contacts.value')}
      hint={t(kind === 'phone' ? 'contacts.phoneHint' : 'contacts.mailHint')}
      required
      autoComplete={kind === 'phone' ? 'tel' : 'email'}
      maxLength={254}
      rules={{
        validate: (value: string, values: Partial<Values>) => {
          const now = values.kind ?? 'phone';
          return fits(now, value) || t(now === 'phone' ? 'contacts.phoneForm' : 'contacts.mailForm');
        },
      }}
    />
  );
}
