import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { call } from '../api/client.js';
import { useAct } from './acts.js';
import { STAFF_ROLES, type StaffRole } from './staff-roles.js';

type Staff = components['schemas']['Staff'];

interface Props {
  readonly of: Staff;
  /** Nobody takes the own role away, or shuts the own door. */
  readonly isOwn: boolean;
}

const CHANGES = [['staff']] as const;

/** What an admin does to a login. */
export function StaffActs({ of, isOwn }: Props) {
  if (of.disabled) return null;
  return (
    <span className="buttons">
      {!isOwn && <RoleSelect of={of} />}
      <LoginAct of={of} act="unlock" path={`/logins/${encodeURIComponent(of.login)}/unlock`} />
      {!isOwn && (
        <LoginAct
          of={of}
          act="secondFactors"
          path={`/logins/${encodeURIComponent(of.login)}/second-factors/remove`}
        />
      )}
      {!isOwn && <LoginAct of={of} act="disable" path={`/staff/${encodeURIComponent(of.login)}/disable`} />}
    </span>
  );
}

/** Shows the role that holds; another one is asked about before it is given. */
function RoleSelect({ of }: { of: Staff }) {
  const { t } = useTranslation('staff');
  const act = useAct();
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
      headers => call('PUT', `/staff/${encodeURIComponent(of.login)}/role`, { body: { role }, headers }),
    );
  return (
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
  );
}

/** The words of each act: its name, and what follows from it. */
const WORDS = {
  unlock: ['staffLogins.unlock', 'staffLogins.unlockConsequence'],
  disable: ['staffLogins.disable', 'staffLogins.disableConsequence'],
  secondFactors: ['logins.secondFactors', 'logins.secondFactorsConsequence'],
} as const;

interface LoginActProps {
  readonly of: Staff;
  readonly act: keyof typeof WORDS;
  readonly path: string;
}
function LoginAct({ of: { name }, act: what, path }: LoginActProps) {
  const { t } = useTranslation('staff');
  const act = useAct();
  const [title, consequence] = WORDS[what];
  const go = t(title);
  const isDanger = what !== 'unlock';
  const run = () =>
    act(
      { title: go, consequence: t(consequence, { name }), go, danger: isDanger },
      { changes: CHANGES },
      headers => call('POST', path, { headers }),
    );
  return (
    <button
      type="button"
      className={isDanger ? 'button small danger' : 'button small'}
      aria-label={`${go} ${name}`}
      onClick={() => void run()}
    >
      {go}
    </button>
  );
}
