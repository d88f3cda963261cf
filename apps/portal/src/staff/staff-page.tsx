import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useSession } from '../app/session.js';
import { Badge, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { NewStaff } from './new-staff.js';
import { StaffActs } from './staff-login-acts.js';

export type Staff = components['schemas']['Staff'];

/** Logins of staff: made, given roles, switched off, unlocked. */
export default function StaffPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const { data, error, refetch } = useQuery({
    queryKey: ['staff'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/staff', { signal })),
  });
  const columns = useColumns();
  return (
    <Page
      title={t('staffLogins.name')}
      lead={t('staffLogins.lead')}
      acts={
        <AppLink to="/staff-acts" className="button">
          {t('staffLogins.toActs')}
        </AppLink>
      }
    >
      <Sheet title={t('staffLogins.list')}>
        <DataTable
          name="staff"
          caption={t('staffLogins.list')}
          hideCaption
          columns={columns}
          rows={data?.rows}
          rowKey={row => row.login}
          error={error}
          retry={() => void refetch()}
          density="comfortable"
        />
      </Sheet>
      <Sheet title={t('staffLogins.add')}>
        <NewStaff />
      </Sheet>
    </Page>
  );
}

function useColumns(): readonly Column<Staff>[] {
  const { t } = useTranslation('staff');
  const { loginId } = useSession();
  return useMemo(
    () => [
      {
        id: 'loginId',
        name: t('staffLogins.loginId'),
        kind: 'code',
        value: row => row.loginId,
      },
      {
        id: 'name',
        name: t('staffLogins.person'),
        value: row => row.name,
        cell: row => (
          <>
            {row.name} {row.loginId === loginId && <Badge>{t('staffLogins.you')}</Badge>}
          </>
        ),
      },
      { id: 'role', name: t('staffLogins.role'), value: row => t(`roles.${row.role}`) },
      {
        id: 'state',
        name: t('staffLogins.state'),
        value: row => t(row.disabled ? 'staffLogins.disabled' : 'staffLogins.enabled'),
        cell: row =>
          row.disabled ? (
            <Badge kind="bad">{t('staffLogins.disabled')}</Badge>
          ) : (
            <Badge kind="good">{t('staffLogins.enabled')}</Badge>
          ),
      },
      { id: 'created', name: t('staffLogins.created'), kind: 'time', value: row => row.createdAt },
      {
        id: 'acts',
        name: t('acts'),
        value: () => null,
        sortable: false,
        cell: row => <StaffActs of={row} isOwn={row.loginId === loginId} />,
      },
    ],
    [t, loginId],
  );
}
