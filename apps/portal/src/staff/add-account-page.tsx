import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Field, SelectField, TextField } from '../ui/form/field.js';
import { Form, NOT_SENT } from '../ui/form/form.js';
import { plainAmount } from '../ui/money-text.js';
import { Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { today } from '../ui/time-text.js';
import { useSending } from './acts.js';
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

function OpeningForm({ tariffs }: { tariffs: readonly string[] }) {
  const { t } = useTranslation(['staff', 'frame']);
  const sending = useSending();
  const navigate = useNavigate();
  const open = async ({ incomingDiscount, numbers, ...rest }: Opening, key: string) => {
    const listed = numbers.split(/[\n,、]+/).filter(one => one.trim() !== '');
    const discount = plainAmount(incomingDiscount);
    const body = { ...rest, numbers: listed, ...(discount !== '' && { incomingDiscount: discount }) };
    const answer = await sending(
      { title: t('addAccount.name'), consequence: t('addAccount.consequence', { ...rest }) },
      { changes: [['accounts']] },
      key,
      headers => call('POST', '/accounts', { body, headers }),
    );
    if (answer !== NOT_SENT) void navigate({ to: `/accounts/${rest.account}` as never });
    return answer;
  };
  return (
    <Form<Opening>
      initial={{
        account: '',
        name: '',
        openedOn: today(),
        tariff: tariffs[0] ?? '',
        incomingDiscount: '',
        numbers: '',
      }}
      onSend={open}
      go={t('addAccount.go')}
    >
      <Field name="account" label={t('accounts.account')} hint={t('addAccount.accountHint')} required />
      <Field name="name" label={t('accounts.customer')} required maxLength={200} />
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
    </Form>
  );
}
