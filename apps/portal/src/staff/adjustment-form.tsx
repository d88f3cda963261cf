import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { moneyOf, StaffForm } from './acts.js';
import { AdjustedAmountFields } from './adjusted-amount.js';
import { type AdjustedAmount, signedAmount } from './amounts.js';
import { ApproverField } from './approver-field.js';
import type { Account } from './questions.js';

interface Adjusting extends AdjustedAmount {
  /** Approval or API key of the second person, where the amount asks for one. */
  approver: string;
}

/** 調整金: an amount given or taken, with its reason. */
export function AdjustmentForm({ account: { account, name } }: { readonly account: Account }) {
  const { t } = useTranslation('staff');
  const go = t('adjust.go');
  return (
    <StaffForm
      initial={{ direction: 'up', amount: '', approver: '' }}
      go={go}
      empties
      act={({ approver, ...typed }: Adjusting) => {
        const isGiven = typed.direction === 'up';
        const said = { name, amount: moneyText(plainAmount(typed.amount)) };
        return {
          ask: {
            title: t('adjust.title'),
            consequence: t(isGiven ? 'adjust.giveConsequence' : 'adjust.takeConsequence', said),
            go,
            danger: !isGiven,
          },
          changes: moneyOf(account),
          asksRepeat: true,
          send: command =>
            send('POST', '/api/v1/accounts/{account}/adjustments', {
              path: { account },
              body: { amount: signedAmount(typed), reason: command.reason },
              command: { ...command, approver },
            }),
        };
      }}
    >
      <AdjustedAmountFields />
      <ApproverField />
    </StaffForm>
  );
}
