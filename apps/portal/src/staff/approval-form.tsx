import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Field, RadioField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { moneyText, plainAmount } from '../ui/money-text.js';
import { Time } from '../ui/time.js';
import type { Account } from './questions.js';

interface Approving {
  direction: 'up' | 'down';
  amount: string;
}
interface Approval {
  readonly approval: string;
  readonly expiresAt: string;
}

/** The second person of a large adjustment: agrees to just this one, and hands the approval over. */
export function ApprovalForm({ account }: { account: Account }) {
  const { t } = useTranslation('staff');
  const [given, setGiven] = useState<(Approval & { readonly amount: string }) | null>(null);
  const approve = async ({ direction, amount }: Approving) => {
    const yen = plainAmount(amount);
    const body = { account: account.account, amount: direction === 'down' ? `-${yen}` : yen };
    const approval = await call<Approval>('POST', '/approvals', { body });
    setGiven({ ...approval, amount: body.amount });
  };
  return (
    <div className="stack">
      <p>{t('approve.lead')}</p>
      <Form<Approving>
        initial={{ direction: 'up', amount: '' }}
        onSend={approve}
        go={t('approve.go')}
        careless
      >
        <RadioField
          name="direction"
          label={t('adjust.direction')}
          choices={[
            ['up', t('adjust.up')],
            ['down', t('adjust.down')],
          ]}
          required
        />
        <Field
          name="amount"
          label={t('charge.amount')}
          inputMode="decimal"
          rules={{
            validate: (text: string) => /^\d+(\.\d{1,4})?$/.test(plainAmount(text)) || t('search.badAmount'),
          }}
          required
        />
      </Form>
      {given && (
        <div role="status" className="note-box stack">
          <p>{t('approve.given', { name: account.name, amount: moneyText(given.amount) })}</p>
          <p className="code">{given.approval}</p>
          <p className="small soft">
            {t('approve.until')} <Time at={given.expiresAt} />
          </p>
        </div>
      )}
    </div>
  );
}
