import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { Sheet } from '../ui/page.js';
import { Tabs } from '../ui/tabs.js';
import { type Act, contractOf, moneyOf, useMay, useSending } from './acts.js';
import { AdjustmentForm } from './adjustment-form.js';
import { ApprovalForm } from './approval-form.js';
import { ChargeForm } from './charge-form.js';
import { CorrectionForm } from './correction-form.js';
import { type Account, pathOf, useTariffs } from './questions.js';

interface Props {
  readonly account: Account;
}

/** What staff do to a customer's account, each where the role allows it. */
export function AccountActs({ account }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const all = [
    { id: 'charge', act: 'charge', name: t('charge.name'), panel: () => <ChargeForm account={account} /> },
    {
      id: 'adjust',
      act: 'adjust',
      name: t('adjust.name'),
      panel: () => <AdjustmentForm account={account} />,
    },
    {
      id: 'approve',
      act: 'adjust',
      name: t('approve.name'),
      panel: () => <ApprovalForm account={account} />,
    },
    {
      id: 'reverse',
      act: 'reverse',
      name: t('reverse.name'),
      panel: () => <ReversalForm account={account} />,
    },
    {
      id: 'correct',
      act: 'reverse',
      name: t('correct.name'),
      panel: () => <CorrectionForm account={account} />,
    },
    { id: 'number', act: 'contract', name: t('number.name'), panel: () => <NumberForm account={account} /> },
    {
      id: 'tariff',
      act: 'contract',
      name: t('tariffOf.name'),
      panel: () => <TariffForm account={account} />,
    },
    {
      id: 'discount',
      act: 'contract',
      name: t('discount.name'),
      panel: () => <DiscountForm account={account} />,
    },
  ] as const satisfies readonly { readonly act: Act; readonly [rest: string]: unknown }[];
  const tabs = all.filter(({ act }) => may(act));
  if (tabs.length === 0) return null;
  return (
    <Sheet title={t('account.acts')}>
      <Tabs name="act" label={t('account.acts')} tabs={tabs} />
    </Sheet>
  );
}

/** Takes a debit back in full, to the lots it came from. */
function ReversalForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const reverse = ({ debit }: { debit: string }, key: string) =>
    sending(
      {
        title: t('reverse.title'),
        consequence: t('reverse.consequence', { name: account.name, debit }),
        go: t('reverse.go'),
        danger: true,
      },
      { changes: moneyOf(account.account) },
      key,
      (headers, reason) =>
        call('POST', pathOf(account, '/reversals'), { body: { debit: debit.trim(), reason }, headers }),
    );
  return (
    <Form initial={{ debit: '' }} onSend={reverse} go={t('reverse.go')} danger empties>
      <Field name="debit" label={t('reverse.debit')} hint={t('reverse.hint')} required maxLength={200} />
    </Form>
  );
}

function NumberForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const assign = ({ number }: { number: string }, key: string) => {
    const plain = number.trim();
    return sending(
      {
        title: t('number.name'),
        consequence: t('number.consequence', { name: account.name, number: plain }),
      },
      { changes: contractOf(account.account) },
      key,
      headers => call('POST', pathOf(account, '/numbers'), { body: { number: plain }, headers }),
    );
  };
  return (
    <Form initial={{ number: '' }} onSend={assign} go={t('number.go')} empties>
      <Field name="number" label={t('number.number')} hint={t('number.hint')} type="tel" required />
    </Form>
  );
}

function TariffForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const tariffs = useTariffs();
  const names = [...new Set([account.tariff, ...(tariffs.data?.rows ?? []).map(row => row.tariff)])].sort();
  const assign = ({ tariff }: { tariff: string }, key: string) =>
    sending(
      {
        title: t('tariffOf.name'),
        consequence: t('tariffOf.consequence', { name: account.name, before: account.tariff, tariff }),
      },
      { changes: contractOf(account.account) },
      key,
      headers => call('PUT', pathOf(account, '/tariff'), { body: { tariff }, headers }),
    );
  return (
    <Form initial={{ tariff: account.tariff }} onSend={assign} go={t('tariffOf.go')}>
      <SelectField
        name="tariff"
        label={t('accounts.tariff')}
        hint={t('tariffOf.hint')}
        choices={names.map(name => [name, name])}
        required
      />
    </Form>
  );
}

function DiscountForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const agree = ({ perMinute }: { perMinute: string }, key: string) => {
    const yen = plainAmount(perMinute);
    return sending(
      {
        title: t('discount.name'),
        consequence: t('discount.consequence', {
          name: account.name,
          before: moneyText(account.incomingDiscount),
          amount: moneyText(yen),
        }),
      },
      { changes: contractOf(account.account) },
      key,
      headers => call('PUT', pathOf(account, '/incoming-discount'), { body: { perMinute: yen }, headers }),
    );
  };
  return (
    <Form initial={{ perMinute: account.incomingDiscount }} onSend={agree} go={t('discount.go')}>
      <Field
        name="perMinute"
        label={t('accounts.discount')}
        hint={t('accounts.discountHint')}
        inputMode="decimal"
        required
      />
    </Form>
  );
}
