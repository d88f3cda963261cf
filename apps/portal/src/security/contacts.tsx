import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type BodyOf, send } from '../api/client.js';
import { sessionQuery } from '../app/session.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Note } from '../ui/page.js';
import { Sealed } from '../ui/sealed.js';
import { isContact } from './contact-form.js';
import { OwnButton, OwnForm } from './own-acts.js';
import { type OwnContact, SECURITY } from './questions.js';

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
  return (
    <li>
      <span className="soft small">{t(`frame:login.${kind}`)}</span>{' '}
      <span className="code">
        <Sealed text={masked} />
      </span>
      <OwnButton
        label={t('contacts.removeLabel', { masked })}
        ask={{
          title: t('contacts.removeTitle'),
          consequence: t(isLast ? 'contacts.removeLast' : 'contacts.removeConsequence', { masked }),
          go: t('contacts.remove'),
          danger: true,
        }}
        send={() => send('DELETE', '/api/v1/security/contacts/{contact}', { path: { contact } })}
        changes={CHANGES}
        done={t('contacts.removed')}
      >
        {t('contacts.remove')}
      </OwnButton>
    </li>
  );
}

/** The session tells as well what its second step can be passed with. */
const CHANGES = [SECURITY, sessionQuery.queryKey] as const;

type Values = BodyOf<'POST', '/api/v1/security/contacts'>;

function AddContact() {
  const { t } = useTranslation(['security', 'frame']);
  const [round, setRound] = useState(0);
  return (
    <OwnForm
      key={round}
      initial={{ kind: 'phone', value: '' }}
      go={t('contacts.add')}
      careless
      act={({ kind, value }: Values) => ({
        changes: CHANGES,
        send: () => send('POST', '/api/v1/security/contacts', { body: { kind, value: value.trim() } }),
        done: t('contacts.added'),
        after: () => setRound(round + 1),
      })}
    >
      <SelectField
        name="kind"
        label={t('contacts.kind')}
        required
        choices={[
          ['phone', t('frame:login.phone')],
          ['mail', t('frame:login.mail')],
        ]}
      />
      <ValueField />
    </OwnForm>
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
          return isContact(now, value) || t(now === 'phone' ? 'contacts.phoneForm' : 'contacts.mailForm');
        },
      }}
    />
  );
}
