import { useEffect } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Command, type Schemas, send } from '../api/client.js';
import { type ChargeMethod, namesOf } from '../api/names.js';
import { instantOf } from '../auditor/inputs.js';
import { Field, SelectField } from '../ui/form/field.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { timeText } from '../ui/time-text.js';
import { moneyOf, StaffForm } from './acts.js';
import { type Limits, limitsIn, mayBePaid } from './amounts.js';
import { ApproverField } from './approver-field.js';
import { type Account, useCatalogue } from './questions.js';

const METHODS = namesOf<ChargeMethod>({ bank_transfer: 1, card: 1, net_bank: 1, konbini: 1, bonus: 1 });

interface Charging {
  amount: string;
  method: ChargeMethod;
  /** When it was paid, on the clocks of Japan; empty: now. */
  at: string;
  /** Of a bonus: approval or API key of the second person. */
  approver: string;
}

/** A charge that has been paid outside of the pages, or is given. */
export function ChargeForm({ account: { account, name } }: { readonly account: Account }) {
  const { t } = useTranslation('staff');
  const charged = ({ credited, expired, expiresOn }: Schemas['CreditedLot']): string => {
    const figures = { amount: moneyText(credited), expired: moneyText(expired), expiresOn };
    return t(expired === '0' ? 'charge.done' : 'charge.doneExpired', figures);
  };
  const act = ({ amount: typed, method, at: local, approver }: Charging) => {
    const amount = plainAmount(typed);
    const at = instantOf(local);
    const said = { name, amount: moneyText(amount), method: t(`methods.${method}`) };
    const consequence =
      at === undefined
        ? t('charge.consequence', said)
        : t('charge.consequenceAt', { ...said, at: timeText(at) });
    return {
      ask: { title: t('charge.title'), consequence, go: t('charge.go') },
      changes: moneyOf(account),
      done: charged,
      asksRepeat: true,
      send: (command: Command) =>
        send('POST', '/api/v1/accounts/{account}/charges', {
          path: { account },
          body: { amount, method, at },
          command: { ...command, ...(method === 'bonus' && { approver }) },
        }),
    };
  };
  const initial = { amount: '', method: METHODS[0], at: '', approver: '' };
  return (
    <StaffForm initial={initial} act={act} go={t('charge.go')} empties>
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
    </StaffForm>
  );
}

/** A half-written time reads as none, and would be posted as now. */
const isComplete = (): boolean =>
  !document.querySelector<HTMLInputElement>('input[name="at"]')?.validity.badInput;

/** What one payment of the chosen method may be, on its day: a policy. Bonus value has none. */
function useLimits(): Limits | null {
  const [method, at] = useWatch<Charging, ['method', 'at']>({ name: ['method', 'at'] });
  const policies = useCatalogue(at === '' ? undefined : at.slice(0, 10)).data?.policies;
  const policy = policies?.find(({ name }) => name === `charge.limits-${method.replaceAll('_', '-')}`);
  return limitsIn(policy?.value);
}

/** Says the limits before anything is posted; what lies outside is not sent. */
function AmountField() {
  const { t } = useTranslation('staff');
  const { getValues, getFieldState, trigger } = useFormContext<Charging>();
  const limits = useLimits();
  const method = t(`methods.${getValues('method')}`);
  const said =
    limits && t('charge.limits', { method, least: moneyText(limits.least), most: moneyText(limits.most) });
  const isWithin = (text: string) => limits === null || mayBePaid(text, limits) || (said ?? false);
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
