import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { Field, SelectField, TextField } from '../ui/form/field.js';
import { plainAmount } from '../ui/money-text.js';
import { Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { today } from '../ui/time-text.js';
import { StaffForm } from './acts.js';
import { useTariffs } from './questions.js';

interface Opening {
  account: string;
  name: string;
  openedOn: string;
  tariff: string;
  incomingDiscount: string;
  /** One per line. */
  numbers: string;
}

/** Opens an account for a new customer. */
export default function AddAccountPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const tariffs = useTariffs();
  return (
    <Page title={t('addAccount.name')}>
      <Sheet>
        <Answer of={tariffs}>{({ rows }) => <OpeningForm tariffs={rows.map(row => row.tariff)} />}</Answer>
      </Sheet>
    </Page>
  );
}

/** The numbers of a text, one per line or with commas between. */
const numbersIn = (text: string): string[] => text.split(/[\n,、]+/).filter(one => one.trim() !== '');

function OpeningForm({ tariffs }: { tariffs: readonly string[] }) {
  const { t } = useTranslation(['staff', 'frame']);
  const navigate = useNavigate();
  return (
    <StaffForm
      initial={{
        account: '',
        name: '',
        openedOn: today(),
        tariff: tariffs[0] ?? '',
        incomingDiscount: '',
        numbers: '',
      }}
      go={t('addAccount.go')}
      act={({ incomingDiscount, numbers, ...rest }: Opening) => {
        const discount = plainAmount(incomingDiscount);
        const more = { numbers: numbersIn(numbers), ...(discount !== '' && { incomingDiscount: discount }) };
        return {
          ask: { title: t('addAccount.name'), consequence: t('addAccount.consequence', { ...rest }) },
          changes: [['accounts']],
          send: command => send('POST', '/api/v1/accounts', { body: { ...rest, ...more }, command }),
          after: () => void navigate({ to: `/accounts/${rest.account}` as never }),
        };
      }}
    >
      <Field name="account" label={t('accounts.account')} hint={t('addAccount.accountHint')} required />
      <Field
        name="name"
        label={t('accounts.customer')}
        hint={t('addAccount.nameHint')}
        required
        maxLength={200}
      />
      <Field name="openedOn" label={t('accounts.opened')} type="date" required />
      <SelectField
        name="tariff"
        label={t('accounts.tariff')}
        choices={tariffs.map(tariff => [tariff, tariff])}
        required
      />
      <Field
        name="incomingDiscount"
        label={t('accounts.discount')}
        hint={t('accounts.discountHint')}
        inputMode="decimal"
      />
      <TextField name="numbers" label={t('accounts.numbers')} hint={t('addAccount.numbersHint')} />
    </StaffForm>
  );
}
