import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { call } from '../api/client.js';
import { useAct } from './acts.js';
import { STAFF_ROLES, type StaffRole } from './staff-roles.js';

type Staff = components['schemas']['Staff'];

const CHANGES = [['staff']] as const;

interface Props {
  readonly of: Staff;
  /** Nobody takes the own role away, or shuts the own door. */
  readonly isOwn: boolean;
}

/** What an admin does to a login. */
export function StaffActs({ of, isOwn }: Props) {
  const { t } = useTranslation('staff');
  const act = useAct();
  const path = `/${encodeURIComponent(of.login)}`;
  const setRole = (role: StaffRole) =>
    act(
      {
        title: t('staffLogins.setRole'),
        consequence: t('staffLogins.setRoleConsequence', {
          name: of.name,
          before: t(`roles.${of.role}`),
          role: t(`roles.${role}`),
        }),
      },
      { changes: CHANGES },
      headers => call('PUT', `/staff${path}/role`, { body: { role }, headers }),
    );
  const disable = () =>
    act(
      {
        title: t('staffLogins.disable'),
        consequence: t('staffLogins.disableConsequence', { name: of.name }),
        go: t('staffLogins.disable'),
        danger: true,
      },
      { changes: CHANGES },
      headers => call('POST', `/staff${path}/disable`, { headers }),
    );
  const unlock = () =>
    act(
      {
        title: t('staffLogins.unlock'),
        consequence: t('staffLogins.unlockConsequence', { name: of.name }),
        go: t('staffLogins.unlock'),
      },
      { changes: CHANGES },
      headers => call('POST', `/logins${path}/unlock`, { headers }),
    );
  if (of.disabled) return null;
  return (
    <span className="buttons">
      {!isOwn && (
        <select
          className="select compact"
          aria-label={t('staffLogins.setRoleOf', { name: of.name })}
          value={of.role}
          onChange={({ target }) => void setRole(target.value as StaffRole)}
        >
          {STAFF_ROLES.map(role => (
            <option key={role} value={role}>
              {t(`roles.${role}`)}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className="button small"
        aria-label={`${t('staffLogins.unlock')} ${of.name}`}
        onClick={() => void unlock()}
      >
        {t('staffLogins.unlock')}
      </button>
      {!isOwn && (
        <button
          type="button"
          className="button small danger"
          aria-label={`${t('staffLogins.disable')} ${of.name}`}
          onClick={() => void disable()}
        >
          {t('staffLogins.disable')}
        </button>
      )}
    </span>
  );
}
