import type { QueryKey } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { OwnForm } from '../security/own-acts.js';
import { Field, RadioField, SelectField, TextField } from '../ui/form/field.js';
import { moneyText } from '../ui/money-text.js';
import { code, Facts } from '../ui/page.js';
import { type Part, type Party, type PartyData, PREFECTURES, partyKey } from './party-questions.js';

/** A form that nobody has filled in yet. */
export const EMPTY_PARTY = {
  ...{ kind: 'individual', name: '', nameKana: '', department: '', departmentKana: '', person: '' },
  ...{ personKana: '', postalCode: '', prefecture: '東京都', city: '', cityKana: '', street: '' },
  ...{ streetKana: '', phone: '', fax: '', remarks: '' },
} as const satisfies PartyData;

/** Also where devices go. */
type FormPart = Part | 'delivery';
interface PartyFormProps {
  readonly of: Party;
  readonly part: FormPart;
  /** What else is read anew when it is saved. */
  readonly also?: readonly QueryKey[];
  readonly onSaved?: () => void;
}

/** 契約者情報, 請求先情報, 送付先情報 or 機器の配送先: the same fields, all of them sent at once. */
export function PartyForm({ of, part, also = [], onSaved }: PartyFormProps) {
  const { t } = useTranslation('customer');
  const { account } = of;
  return (
    <div className="stack">
      <Facts
        of={[
          [t('party.account'), code(account)],
          [t('party.circle'), code(of.representativeCircle ?? '-')],
        ]}
      />
      <p className="hint">{t(`party.partNotes.${part}`)}</p>
      {part === 'contract' && of.nameChangeFee !== '0' && (
        <p className="hint">{t('party.nameFee', { fee: moneyText(of.nameChangeFee) })}</p>
      )}
      <OwnForm
        initial={partyValues(of, part)}
        go={t('party.save')}
        act={(body: PartyData) => ({
          changes: [partyKey(account), ...also],
          send: command => {
            const route = '/api/v1/accounts/{account}/party/{part}';
            return send('PUT', route, { path: { account, part }, body, command });
          },
          done: () => t('party.saved'),
          after: () => onSaved?.(),
        })}
      >
        {form => <PartyFields part={part} kind={form.watch('kind')} />}
      </OwnForm>
    </div>
  );
}

/** What the form begins with; where devices go, with where everything else is sent (DEV-04). */
export const partyValues = (of: Party, part: FormPart): PartyData =>
  (of[part] ?? (part === 'delivery' ? of.shipping : null) ?? EMPTY_PARTY) as PartyData;

/** The fields of one part; a company has some of its own. */
export function PartyFields({ part, kind }: { part: FormPart | 'circle'; kind: PartyData['kind'] }) {
  const { t } = useTranslation('customer');
  return (
    <>
      {part !== 'circle' && (
        <RadioField
          name="kind"
          label={t('party.kind')}
          choices={[
            ['individual', t('party.individual')],
            ['corporate', t('party.corporate')],
          ]}
        />
      )}
      <Field
        name="name"
        label={t(part === 'circle' ? 'circles.user' : 'party.partyName')}
        maxLength={100}
        required
      />
      <Kana name="nameKana" label={t('party.nameKana')} required />
      {kind === 'corporate' && (
        <>
          <Field name="department" label={t('party.department')} maxLength={100} />
          <Kana name="departmentKana" label={t('party.departmentKana')} />
          <Field
            name="person"
            label={t('party.person')}
            hint={t('party.personHint')}
            maxLength={100}
            required
          />
          <Kana name="personKana" label={t('party.personKana')} required />
        </>
      )}
      <Address />
      <Reach part={part} />
    </>
  );
}

function Kana({ name, label, required = false }: { name: string; label: string; required?: boolean }) {
  const { t } = useTranslation('customer');
  return <Field name={name} label={label} hint={t('party.kanaHint')} maxLength={200} required={required} />;
}

function Address() {
  const { t } = useTranslation('customer');
  return (
    <>
      <Field
        name="postalCode"
        label={t('party.postalCode')}
        hint={t('party.postalCodeHint')}
        inputMode="numeric"
        maxLength={7}
        className="digits"
        required
      />
      <SelectField
        name="prefecture"
        label={t('party.prefecture')}
        choices={PREFECTURES.map(one => [one, one])}
        required
      />
      <Field name="city" label={t('party.city')} maxLength={100} required />
      <Kana name="cityKana" label={t('party.cityKana')} required />
      <Field name="street" label={t('party.street')} maxLength={200} required />
      <Kana name="streetKana" label={t('party.streetKana')} required />
    </>
  );
}

function Reach({ part }: { part: FormPart | 'circle' }) {
  const { t } = useTranslation('customer');
  const isContract = part === 'contract';
  const hint = t('party.phoneHint');
  return (
    <>
      <Field
        name="phone"
        type="tel"
        label={t(isContract ? 'party.emergency' : 'party.phone')}
        hint={isContract ? `${t('party.emergencyHint')} ${hint}` : hint}
        maxLength={40}
        required
      />
      <Field name="fax" type="tel" label={t('party.fax')} hint={hint} maxLength={40} />
      {(part === 'billing' || part === 'delivery') && (
        <TextField name="remarks" label={t('party.remarks')} maxLength={500} />
      )}
    </>
  );
}
