import { useTranslation } from 'react-i18next';
import { type Command, type Schemas, send } from '../api/client.js';
import { Options } from '../ui/choices.js';
import { StaffButton, useStaffAct } from './acts.js';
import { STAFF_ROLES, type StaffRole } from './staff-roles.js';

interface Props {
  readonly of: Schemas['Staff'];
}

const CHANGES = [['staff']] as const;

/** What an admin does to a login: nobody takes the own role away, or shuts the own door. */
export function StaffActs({ of, isOwn }: Props & { readonly isOwn: boolean }) {
  if (of.disabled) return null;
  const path = { login: of.login };
  const unlock = (command: Command) => send('POST', '/api/v1/logins/{login}/unlock', { path, command });
  const disable = (command: Command) => send('POST', '/api/v1/staff/{login}/disable', { path, command });
  const removeFactors = (command: Command) =>
    send('POST', '/api/v1/logins/{login}/second-factors/remove', { path, command });
  return (
    <span className="buttons">
      {!isOwn && <RoleSelect of={of} />}
      <LoginAct of={of} act="unlock" run={unlock} />
      {!isOwn && <LoginAct of={of} act="secondFactors" run={removeFactors} />}
      {!isOwn && <LoginAct of={of} act="disable" run={disable} />}
    </span>
  );
}

/** Shows the role that holds; another one is asked about before it is given. */
function RoleSelect({ of: { login, name, role: before } }: Props) {
  const { t } = useTranslation('staff');
  const act = useStaffAct();
  const setRole = (role: StaffRole) => {
    const said = { name, before: t(`roles.${before}`), role: t(`roles.${role}`) };
    return act({
      ask: { title: t('staffLogins.setRole'), consequence: t('staffLogins.setRoleConsequence', said) },
      changes: CHANGES,
      send: command =>
        send('PUT', '/api/v1/staff/{login}/role', { path: { login }, body: { role }, command }),
    });
  };
  return (
    <select
      className="select compact"
      aria-label={t('staffLogins.setRoleOf', { name })}
      value={before}
      onChange={({ target }) => void setRole(target.value as StaffRole)}
    >
      <Options of={STAFF_ROLES.map(role => [role, t(`roles.${role}`)])} />
    </select>
  );
}

/** The words of each act: its name, and what follows from it. */
const WORDS = {
  unlock: ['staffLogins.unlock', 'staffLogins.unlockConsequence'],
  disable: ['staffLogins.disable', 'staffLogins.disableConsequence'],
  secondFactors: ['logins.secondFactors', 'logins.secondFactorsConsequence'],
} as const;

interface LoginActProps extends Props {
  readonly act: keyof typeof WORDS;
  readonly run: (command: Command) => Promise<unknown>;
}
function LoginAct({ of: { name }, act, run }: LoginActProps) {
  const { t } = useTranslation('staff');
  const [title, consequence] = WORDS[act];
  const go = t(title);
  const danger = act !== 'unlock';
  return (
    <StaffButton
      danger={danger}
      label={`${go} ${name}`}
      ask={{ title: go, consequence: t(consequence, { name }), go, danger }}
      send={run}
      changes={CHANGES}
    >
      {go}
    </StaffButton>
  );
}
