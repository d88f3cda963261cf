import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { listOf, useAsk } from '../api/questions.js';
import { Field, SelectField } from '../ui/form/field.js';
import { ListPage } from '../ui/list-page.js';
import { Note, Sheet } from '../ui/page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { StaffButton, StaffForm } from './acts.js';

type ApiKey = Schemas['ApiKey'];
type NewApiKey = Schemas['NewApiKey'];

const ROLES = namesOf<ApiKey['role']>({ job: 1, staff: 1, auditor: 1, customer: 1 });

/** Keys of programs: made, seen without their secret, revoked for ever. */
export default function KeysPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const keys = useAsk(['keys'], '/api/v1/keys', {});
  return (
    <ListPage
      name="keys"
      title={t('keys.name')}
      lead={t('keys.lead')}
      above={
        <Sheet title={t('keys.add')}>
          <div className="stack">
            {made && <Token of={made} onClose={() => setMade(null)} />}
            <NewKey onMade={setMade} />
          </div>
        </Sheet>
      }
      sheet={t('keys.list')}
      of={listOf(keys)}
      columns={useColumns()}
      rowKey={row => row.key}
      empty={t('keys.none')}
    />
  );
}

function useColumns(): readonly Column<ApiKey>[] {
  const { t } = useTranslation('staff');
  return useMemo(
    () => [
      { id: 'label', name: t('keys.label'), value: row => row.label, wrap: true },
      { id: 'role', name: t('keys.role'), value: row => t(`keys.roles.${row.role}`) },
      { id: 'account', name: t('accounts.account'), kind: 'code', value: row => row.account },
      { id: 'key', name: t('keys.id'), kind: 'code', value: row => row.key, hidden: true },
      { id: 'created', name: t('keys.created'), kind: 'time', value: row => row.createdAt },
      {
        id: 'state',
        name: t('keys.state'),
        value: row => t(row.revokedAt === null ? 'keys.live' : 'keys.revoked'),
        badge: row => (row.revokedAt === null ? 'good' : undefined),
      },
      actsColumn(t('acts'), row => row.revokedAt === null && <Revoke of={row} />),
    ],
    [t],
  );
}

/** The only time that the token is seen. */
function Token({ of, onClose }: { of: NewApiKey; onClose: () => void }) {
  const { t } = useTranslation('staff');
  return (
    <Note kind="warn">
      <div className="stack">
        <p role="status">{t('keys.once', { label: of.label })}</p>
        <div className="field">
          <label htmlFor="new-token">{t('keys.token')}</label>
          <input
            id="new-token"
            className="input code"
            readOnly
            value={of.token}
            onFocus={({ target }) => target.select()}
          />
        </div>
        <div className="buttons">
          <button
            type="button"
            className="button small"
            onClick={() => void navigator.clipboard?.writeText(of.token)}
          >
            {t('keys.copy')}
          </button>
          <button type="button" className="button small" onClick={onClose}>
            {t('keys.noted')}
          </button>
        </div>
      </div>
    </Note>
  );
}

interface Wanted {
  label: string;
  role: ApiKey['role'];
  /** Of a customer's key. */
  account: string;
}

function NewKey({ onMade }: { onMade: (key: NewApiKey) => void }) {
  const { t } = useTranslation('staff');
  return (
    <StaffForm
      initial={{ label: '', role: 'job', account: '' }}
      go={t('keys.go')}
      empties
      act={({ label, role, account }: Wanted) => ({
        ask: {
          title: t('keys.add'),
          consequence: t('keys.addConsequence', { label, role: t(`keys.roles.${role}`) }),
          go: t('keys.go'),
        },
        changes: [['keys']],
        send: command => {
          const body = { label, role, account: role === 'customer' ? account.trim() : null };
          return send('POST', '/api/v1/keys', { body, command });
        },
        after: onMade,
      })}
    >
      {form => (
        <>
          <Field name="label" label={t('keys.label')} hint={t('keys.labelHint')} maxLength={100} required />
          <SelectField
            name="role"
            label={t('keys.role')}
            choices={ROLES.map(role => [role, t(`keys.roles.${role}`)])}
            required
          />
          {form.watch('role') === 'customer' && (
            <Field name="account" label={t('accounts.account')} maxLength={32} required />
          )}
        </>
      )}
    </StaffForm>
  );
}

function Revoke({ of: { key, label } }: { of: ApiKey }) {
  const { t } = useTranslation('staff');
  const go = t('keys.revoke');
  return (
    <StaffButton
      danger
      label={`${go} ${label}`}
      ask={{ title: go, consequence: t('keys.revokeConsequence', { label }), go, danger: true }}
      send={command => send('DELETE', '/api/v1/keys/{key}', { path: { key }, command })}
      changes={[['keys']]}
    >
      {go}
    </StaffButton>
  );
}
