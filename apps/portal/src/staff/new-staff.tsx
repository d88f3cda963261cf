import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { RadioField } from '../ui/form/field.js';
import { LoginField } from '../ui/form/login-field.js';
import { StaffForm } from './acts.js';
import { STAFF_ROLES, type StaffRole } from './staff-roles.js';

interface New {
  loginId: string;
  name: string;
  role: StaffRole;
  mail: string;
}

/** A login of staff; its first password is chosen by the one whom it belongs to, by mail. */
export function NewStaff() {
  const { t } = useTranslation('staff');
  return (
    <StaffForm
      initial={{ loginId: '', name: '', role: 'billing', mail: '' }}
      go={t('staffLogins.go')}
      empties
      act={({ loginId, name, role, mail }: New) => ({
        ask: {
          title: t('staffLogins.add'),
          consequence: t('staffLogins.addConsequence', { name, role: t(`roles.${role}`), mail }),
          go: t('staffLogins.go'),
        },
        changes: [['staff']],
        send: command => send('POST', '/api/v1/staff', { body: { loginId, name, role, mail }, command }),
      })}
    >
      <LoginField name="loginId" hint={t('staffLogins.loginIdHint')} required />
      <LoginField name="name" label={t('staffLogins.person')} required />
      <LoginField name="mail" hint={t('staffLogins.mailHint')} required />
      <RadioField
        name="role"
        label={t('staffLogins.role')}
        choices={STAFF_ROLES.map(role => {
          const said = { role: t(`roles.${role}`), about: t(`roleAbout.${role}`) };
          return [role, t('staffLogins.roleChoice', said)];
        })}
        required
      />
    </StaffForm>
  );
}
