import { useTranslation } from 'react-i18next';
import { created, type Schemas, send } from '../api/client.js';
import { Field } from '../ui/form/field.js';
import { today } from '../ui/time-text.js';
import { StaffForm } from './acts.js';

type Registered = Schemas['RegisteredDeposit'];

interface Values {
  day: string;
  amount: string;
  payer: string;
}

/** A deposit that somebody saw at the bank, before its file comes. */
export function NewDeposit() {
  const { t } = useTranslation('staff');
  const go = t('deposits.register.go');
  return (
    <StaffForm
      initial={{ day: today(), amount: '', payer: '' }}
      go={go}
      act={({ day, amount, payer }: Values) => ({
        ask: { title: go, consequence: t('deposits.register.consequence', { payer, amount }), go },
        changes: [['deposits'], ['parked-money'], ['balance'], ['history'], ['balance-history']],
        send: async command => {
          const body = { day, amount, payer, reason: command.reason };
          return created(await send('POST', '/api/v1/deposits', { body, command }));
        },
        done: ({ list, account }: Registered) =>
          t(`deposits.register.done.${list}`, { account: account ?? '' }),
      })}
    >
      <Field name="day" type="date" label={t('deposits.day')} max={today()} required />
      <Field name="amount" inputMode="decimal" label={t('deposits.amount')} maxLength={16} required />
      <Field
        name="payer"
        label={t('deposits.payer')}
        hint={t('deposits.register.hint')}
        maxLength={100}
        required
      />
    </StaffForm>
  );
}
