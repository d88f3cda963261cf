import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Form } from '../ui/form/form.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { moneyOf, useSending } from './acts.js';
import { type AdjustedAmount, AdjustedAmountFields, signedAmount } from './adjusted-amount.js';
import { ApproverField, approverHeader } from './approver-field.js';
import type { Account } from './questions.js';

interface Adjusting extends AdjustedAmount {
  /** Approval or API key of the second person, where the amount asks for one. */
  approver: string;
}

/** 調整金: an amount given or taken, with its reason. */
export function AdjustmentForm({ account }: { account: Account }) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const adjust = ({ approver, ...typed }: Adjusting, key: string) => {
    const { direction } = typed;
    const path = `/accounts/${encodeURIComponent(account.account)}/adjustments`;
    return sending(
      {
        title: t('adjust.title'),
        consequence: t(direction === 'up' ? 'adjust.giveConsequence' : 'adjust.takeConsequence', {
          name: account.name,
          amount: moneyText(plainAmount(typed.amount)),
        }),
        go: t('adjust.go'),
        danger: direction === 'down',
      },
      { changes: moneyOf(account.account), asksRepeat: true },
      key,
      (headers, reason) =>
        call('POST', path, {
          body: { amount: signedAmount(typed), reason },
          headers: { ...headers, ...approverHeader(approver) },
        }),
    );
  };
  return (
    <Form<Adjusting>
      initial={{ direction: 'up', amount: '', approver: '' }}
      onSend={adjust}
      go={t('adjust.go')}
      empties
    >
      <AdjustedAmountFields />
      <ApproverField />
    </Form>
  );
}
