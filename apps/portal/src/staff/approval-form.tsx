import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { Form } from '../ui/form/form.js';
import { moneyText } from '../ui/money-text.js';
import { Time } from '../ui/time.js';
import { AdjustedAmountFields } from './adjusted-amount.js';
import { type AdjustedAmount, signedAmount } from './amounts.js';
import type { Account } from './questions.js';

type Given = Schemas['Approval'] & { readonly amount: string };

/** The second person of a large adjustment: agrees to just this one, and hands the approval over. */
export function ApprovalForm({ account }: { readonly account: Account }) {
  const { t } = useTranslation('staff');
  const [given, setGiven] = useState<Given | null>(null);
  const approve = async (typed: AdjustedAmount) => {
    const body = { account: account.account, amount: signedAmount(typed) };
    const approval = await send('POST', '/api/v1/approvals', { body });
    setGiven({ ...approval, amount: body.amount });
  };
  return (
    <div className="stack">
      <p>{t('approve.lead')}</p>
      <Form<AdjustedAmount>
        initial={{ direction: 'up', amount: '' }}
        onSend={approve}
        go={t('approve.go')}
        careless
        empties
      >
        <AdjustedAmountFields />
      </Form>
      {given && (
        <Approved of={given}>
          {t('approve.given', { name: account.name, amount: moneyText(given.amount) })}
        </Approved>
      )}
    </div>
  );
}

/** What is handed over to the person who acts. */
export function Approved({ of, children }: { of: Schemas['Approval']; children: ReactNode }) {
  const { t } = useTranslation('staff');
  return (
    <div role="status" className="note-box stack">
      <p>{children}</p>
      <p className="code">{of.approval}</p>
      <p className="small soft">
        {t('approve.until')} <Time at={of.expiresAt} />
      </p>
    </div>
  );
}
