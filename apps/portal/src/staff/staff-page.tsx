import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { listOf, useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useSession } from '../app/session.js';
import { ListPage } from '../ui/list-page.js';
import { Badge, Sheet } from '../ui/page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { NewStaff } from './new-staff.js';
import { StaffActs } from './staff-login-acts.js';

type Staff = Schemas['Staff'];

/** Logins of staff: made, given roles, switched off, unlocked. */
export default function StaffPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const staff = useAsk(['staff'], '/api/v1/staff', {});
  return (
    <ListPage
      name="staff"
      title={t('staffLogins.name')}
      lead={t('staffLogins.lead')}
      acts={
        <AppLink to="/staff-acts" className="button">
          {t('staffLogins.toActs')}
        </AppLink>
      }
      sheet={t('staffLogins.list')}
      of={listOf(staff)}
      columns={useColumns()}
      rowKey={row => row.login}
      density="comfortable"
      below={
        <Sheet title={t('staffLogins.add')}>
          <NewStaff />
        </Sheet>
      }
    />
  );
}

function useColumns(): readonly Column<Staff>[] {
  const { t } = useTranslation(['staff', 'frame']);
  const { loginId } = useSession();
  return useMemo(
    () => [
      { id: 'loginId', name: t('frame:login.id'), kind: 'code', value: row => row.loginId },
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
        badge: row => (row.disabled ? 'bad' : 'good'),
      },
      { id: 'created', name: t('staffLogins.created'), kind: 'time', value: row => row.createdAt },
      actsColumn(t('acts'), row => <StaffActs of={row} isOwn={row.loginId === loginId} />),
    ],
    [t, loginId],
  );
}
