import { useEffect } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { call } from '../api/client.js';
import { instantOf } from '../auditor/inputs.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { isAmount, moneyText, plainAmount, toUnits } from '../ui/money-text.js';
import { timeText } from '../ui/time-text.js';
import { moneyOf, useSending } from './acts.js';
import { ApproverField, approverHeader } from './approver-field.js';
import { type Account, pathOf, useCatalogue } from './questions.js';

const METHODS = ['bank_transfer', 'card', 'net_bank', 'konbini', 'bonus'] as const;
type Method = (typeof METHODS)[number];

interface Charging {
  amount: string;
  method: Method;
  /** When it was paid, on the clocks of Japan; empty: now. */
  at: string;
  /** Of a bonus: approval or API key of the second person. */
  approver: string;
}

/** A charge that has been paid outside of the pages, or is given. */
export function ChargeForm({ account }: { readonly account: Account }) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const { account: id, name } = account;
  const charged = (answer: unknown): string => {
    const { credited, expired, expiresOn } = answer as components['schemas']['CreditedLot'];
    const figures = { amount: moneyText(credited), expired: moneyText(expired), expiresOn };
    return t(expired === '0' ? 'charge.done' : 'charge.doneExpired', figures);
  };
  const charge = ({ amount, method, at: local, approver }: Charging, key: string) => {
    const yen = plainAmount(amount);
    const at = instantOf(local);
    const said = { name, amount: moneyText(yen), method: t(`methods.${method}`) };
    return sending(
      {
        title: t('charge.title'),
        consequence:
          at === undefined
            ? t('charge.consequence', said)
            : t('charge.consequenceAt', { ...said, at: timeText(at) }),
        go: t('charge.go'),
      },
      { changes: moneyOf(id), done: charged, asksRepeat: true },
      key,
      headers =>
        call('POST', pathOf(account, '/charges'), {
          body: { amount: yen, method, ...(at !== undefined && { at }) },
          headers: { ...headers, ...(method === 'bonus' && approverHeader(approver)) },
        }),
    );
  };
  return (
    <Form<Charging>
      initial={{ amount: '', method: METHODS[0], at: '', approver: '' }}
      onSend={charge}
      go={t('charge.go')}
      empties
    >
      <AmountField />
      <SelectField
        name="method"
        label={t('charge.method')}
        choices={METHODS.map(method => [method, t(`methods.${method}`)])}
        required
      />
      <Field
        name="at"
        type="datetime-local"
        label={t('charge.at')}
        hint={t('charge.atHint')}
        rules={{ validate: () => isComplete() || t('charge.atWrong') }}
      />
      <ApproverOfBonus />
    </Form>
  );
}

/** A half-written time reads as none, and would be posted as now. */
const isComplete = (): boolean =>
  !document.querySelector<HTMLInputElement>('input[name="at"]')?.validity.badInput;

interface Limits {
  readonly least: string;
  readonly most: string;
}

/** What one payment of the chosen method may be, on its day: a policy. Bonus value has none. */
function useLimits(): Limits | null {
  const [method, at] = useWatch<Charging, ['method', 'at']>({ name: ['method', 'at'] });
  const policies = useCatalogue(at === '' ? undefined : at.slice(0, 10)).data?.policies;
  const policy = policies?.find(({ name }) => name === `charge.limits-${method.replaceAll('_', '-')}`);
  const [, least, most] = /^(\d+)-(\d+)$/.exec(policy?.value ?? '') ?? [];
  return least !== undefined && most !== undefined ? { least, most } : null;
}

/** Says the limits before anything is posted; what lies outside is not sent. */
function AmountField() {
  const { t } = useTranslation('staff');
  const { getValues, getFieldState, trigger } = useFormContext<Charging>();
  const limits = useLimits();
  const method = t(`methods.${getValues('method')}`);
  const said =
    limits && t('charge.limits', { method, least: moneyText(limits.least), most: moneyText(limits.most) });
  const isWithin = (text: string): true | string => {
    const yen = plainAmount(text);
    if (!limits || said === null || !isAmount(yen)) return true;
    const units = toUnits(yen);
    const isWhole = units % toUnits('1') === 0n;
    return (isWhole && units >= toUnits(limits.least) && units <= toUnits(limits.most)) || said;
  };
  // What was refused for one method may be right for the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other limits ask again
  useEffect(() => {
    if (getFieldState('amount').error) void trigger('amount');
  }, [said]);
  return (
    <Field
      name="amount"
      label={t('charge.amount')}
      hint={said ? `${t('charge.hint')} ${said}` : t('charge.hint')}
      inputMode="decimal"
      rules={{ validate: isWithin }}
      required
    />
  );
}

/** Who charges what was paid needs nobody else. */
function ApproverOfBonus() {
  return useWatch<Charging, 'method'>({ name: 'method' }) === 'bonus' && <ApproverField />;
}
