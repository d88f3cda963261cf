import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api, call } from '../api/client.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form, NOT_SENT } from '../ui/form/form.js';
import { Badge, Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useAct, useSending } from './acts.js';

type ApiKey = components['schemas']['ApiKey'];
type NewApiKey = components['schemas']['NewApiKey'];

const ROLES = ['job', 'staff', 'auditor', 'customer'] as const;
type KeyRole = (typeof ROLES)[number];

/** Keys of programs: made, seen without their secret, revoked for ever. */
export default function KeysPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/keys', { signal })),
  });
  const columns = useColumns();
  return (
    <Page title={t('keys.name')} lead={t('keys.lead')}>
      <Sheet title={t('keys.add')}>
        <div className="stack">
          {made && <Token of={made} onClose={() => setMade(null)} />}
          <NewKey onMade={setMade} />
        </div>
      </Sheet>
      <Sheet title={t('keys.list')}>
        <DataTable
          name="keys"
          caption={t('keys.list')}
          hideCaption
          columns={columns}
          rows={data?.rows}
          rowKey={row => row.key}
          empty={t('keys.none')}
          error={error}
          retry={() => void refetch()}
        />
      </Sheet>
    </Page>
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
        cell: row =>
          row.revokedAt === null ? (
            <Badge kind="good">{t('keys.live')}</Badge>
          ) : (
            <Badge>{t('keys.revoked')}</Badge>
          ),
      },
      { id: 'acts', name: t('acts'), value: () => null, sortable: false, cell: row => <Revoke of={row} /> },
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

function NewKey({ onMade }: { onMade: (key: NewApiKey) => void }) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const add = async (
    { label, role, account }: { label: string; role: KeyRole; account: string },
    id: string,
  ) => {
    const body = { label, role, account: role === 'customer' ? account.trim() : null };
    const answer = await sending(
      {
        title: t('keys.add'),
        consequence: t('keys.addConsequence', { label, role: t(`keys.roles.${role}`) }),
        go: t('keys.go'),
      },
      { changes: [['keys']] },
      id,
      headers => call<NewApiKey>('POST', '/keys', { body, headers }),
    );
    if (answer !== NOT_SENT) onMade(answer as NewApiKey);
    return answer;
  };
  return (
    <Form initial={{ label: '', role: 'job' as KeyRole, account: '' }} onSend={add} go={t('keys.go')} empties>
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
    </Form>
  );
}

function Revoke({ of: key }: { of: ApiKey }) {
  const { t } = useTranslation('staff');
  const act = useAct();
  if (key.revokedAt !== null) return null;
  const revoke = () =>
    act(
      {
        title: t('keys.revoke'),
        consequence: t('keys.revokeConsequence', { label: key.label }),
        go: t('keys.revoke'),
        danger: true,
      },
      { changes: [['keys']] },
      headers => call('DELETE', `/keys/${encodeURIComponent(key.key)}`, { headers }),
    );
  return (
    <button
      type="button"
      className="button small danger"
      aria-label={`${t('keys.revoke')} ${key.label}`}
      onClick={() => void revoke()}
    >
      {t('keys.revoke')}
    </button>
  );
}
