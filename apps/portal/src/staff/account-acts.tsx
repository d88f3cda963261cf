import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useMay } from '../app/may.js';
import { Field, SelectField } from '../ui/form/field.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { Sheet } from '../ui/page.js';
import { Tabs } from '../ui/tabs.js';
import { contractOf, moneyOf, StaffForm } from './acts.js';
import { AdjustmentForm } from './adjustment-form.js';
import { ApprovalForm } from './approval-form.js';
import { ChargeForm } from './charge-form.js';
import { CorrectionForm } from './correction-form.js';
import { type Account, usePriceLists, useTariffs } from './questions.js';

interface Props {
  readonly account: Account;
}

/** Each form with the route that it sends to. */
const FORMS = [
  ['charge', 'POST /api/v1/accounts/{account}/charges', ChargeForm],
  ['adjust', 'POST /api/v1/accounts/{account}/adjustments', AdjustmentForm],
  ['approve', 'POST /api/v1/approvals', ApprovalForm],
  ['reverse', 'POST /api/v1/accounts/{account}/reversals', ReversalForm],
  ['correct', 'POST /api/v1/accounts/{account}/corrections', CorrectionForm],
  ['number', 'POST /api/v1/accounts/{account}/numbers', NumberForm],
  ['tariff', 'PUT /api/v1/accounts/{account}/tariff', TariffForm],
  ['priceList', 'PUT /api/v1/accounts/{account}/price-list', PriceListForm],
  ['discount', 'PUT /api/v1/accounts/{account}/incoming-discount', DiscountForm],
] as const;

/** What staff do to a customer's account, each where the role allows it. */
export function AccountActs({ account }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const tabs = FORMS.filter(([, route]) => may(route)).map(([id, , Panel]) => ({
    id,
    name: t(id === 'tariff' || id === 'priceList' ? `${id}Of.name` : `${id}.name`),
    panel: () => <Panel account={account} />,
  }));
  if (tabs.length === 0) return null;
  return (
    <Sheet title={t('account.acts')}>
      <Tabs name="act" label={t('account.acts')} tabs={tabs} />
    </Sheet>
  );
}

/** Takes a debit back in full, to the lots it came from. */
function ReversalForm({ account: { account, name } }: Props) {
  const { t } = useTranslation('staff');
  const go = t('reverse.go');
  return (
    <StaffForm
      initial={{ debit: '' }}
      go={go}
      danger
      empties
      act={({ debit }: { debit: string }) => ({
        ask: {
          title: t('reverse.title'),
          consequence: t('reverse.consequence', { name, debit }),
          go,
          danger: true,
        },
        changes: moneyOf(account),
        send: command =>
          send('POST', '/api/v1/accounts/{account}/reversals', {
            path: { account },
            body: { debit: debit.trim(), reason: command.reason },
            command,
          }),
      })}
    >
      <Field name="debit" label={t('reverse.debit')} hint={t('reverse.hint')} required maxLength={200} />
    </StaffForm>
  );
}

function NumberForm({ account: { account, name } }: Props) {
  const { t } = useTranslation('staff');
  return (
    <StaffForm
      initial={{ number: '' }}
      go={t('number.go')}
      empties
      act={(typed: { number: string }) => {
        const number = typed.number.trim();
        const route = '/api/v1/accounts/{account}/numbers';
        return {
          ask: { title: t('number.name'), consequence: t('number.consequence', { name, number }) },
          changes: contractOf(account),
          send: command => send('POST', route, { path: { account }, body: { number }, command }),
        };
      }}
    >
      <Field name="number" label={t('number.number')} hint={t('number.hint')} type="tel" required />
    </StaffForm>
  );
}

function TariffForm({ account: { account, name, tariff: before } }: Props) {
  const { t } = useTranslation('staff');
  const tariffs = useTariffs();
  const names = [...new Set([before, ...(tariffs.data?.rows ?? []).map(row => row.tariff)])].sort();
  return (
    <StaffForm
      initial={{ tariff: before }}
      go={t('tariffOf.go')}
      act={({ tariff }: { tariff: string }) => ({
        ask: { title: t('tariffOf.name'), consequence: t('tariffOf.consequence', { name, before, tariff }) },
        changes: contractOf(account),
        send: command =>
          send('PUT', '/api/v1/accounts/{account}/tariff', { path: { account }, body: { tariff }, command }),
      })}
    >
      <SelectField
        name="tariff"
        label={t('accounts.tariff')}
        hint={t('tariffOf.hint')}
        choices={names.map(one => [one, one])}
        required
      />
    </StaffForm>
  );
}

/** Another price list: for what is bought and paid monthly from now on. */
function PriceListForm({ account: { account, name, priceList: before } }: Props) {
  const { t } = useTranslation('staff');
  const lists = usePriceLists('');
  const names = [...new Set([before, ...(lists.data?.rows ?? []).map(row => row.priceList)])].sort();
  const route = '/api/v1/accounts/{account}/price-list';
  return (
    <StaffForm
      key={before}
      initial={{ priceList: before }}
      go={t('priceListOf.go')}
      act={({ priceList }: { priceList: string }) => ({
        ask: {
          title: t('priceListOf.name'),
          consequence: t('priceListOf.consequence', { name, before, priceList }),
        },
        changes: contractOf(account),
        send: command => send('PUT', route, { path: { account }, body: { priceList }, command }),
      })}
    >
      <SelectField
        name="priceList"
        label={t('priceListOf.list')}
        hint={t('priceListOf.hint')}
        choices={names.map(one => [one, one])}
        required
      />
    </StaffForm>
  );
}

function DiscountForm({ account: { account, name, incomingDiscount } }: Props) {
  const { t } = useTranslation('staff');
  return (
    <StaffForm
      initial={{ perMinute: incomingDiscount }}
      go={t('discount.go')}
      act={(typed: { perMinute: string }) => {
        const perMinute = plainAmount(typed.perMinute);
        const said = { name, before: moneyText(incomingDiscount), amount: moneyText(perMinute) };
        const route = '/api/v1/accounts/{account}/incoming-discount';
        return {
          ask: { title: t('discount.name'), consequence: t('discount.consequence', said) },
          changes: contractOf(account),
          send: command => send('PUT', route, { path: { account }, body: { perMinute }, command }),
        };
      }}
    >
      <Field
        name="perMinute"
        label={t('accounts.discount')}
        hint={t('accounts.discountHint')}
        inputMode="decimal"
        required
      />
    </StaffForm>
  );
}
