import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { Field, RadioField, SelectField } from '../ui/form/field.js';
import { moneyText } from '../ui/money-text.js';
import { Note } from '../ui/page.js';
import { timeText } from '../ui/time-text.js';
import { moneyOf, StaffForm } from './acts.js';

type Deposit = Schemas['Deposit'];
type End = NonNullable<Deposit['end']>;

interface Decision {
  end: End;
  payment: string;
  account: string;
}

/** What may become of a deposit: of what is no money, that somebody has noted it. */
function endsOf({ why, isCancellation, twin }: Deposit): readonly End[] {
  if (why === 'taken_back' || isCancellation) return ['noted'];
  return twin === null ? ['order', 'account', 'returned'] : ['noted', 'order', 'account', 'returned'];
}

/** A deposit that waits: which order it pays, whose charge it is, or that it went back; with the reason. */
export function OneDeposit({ of }: { of: Deposit }) {
  const { t } = useTranslation('staff');
  const { deposit, amount, candidates, payer } = of;
  const ends = endsOf(of);
  const [first] = candidates;
  const initial: Decision = {
    end: ends.includes('order') && !first ? 'account' : ends[0]!,
    payment: first?.payment ?? '',
    account: of.account ?? first?.account ?? '',
  };
  const whose = ({ end, payment, account }: Decision): string =>
    end === 'order' ? (candidates.find(one => one.payment === payment)?.account ?? payment) : account;
  return (
    <StaffForm
      initial={initial}
      go={t('deposits.decide')}
      act={(wanted: Decision) => ({
        ask: {
          title: t(`deposits.ends.${wanted.end}`),
          consequence: t(`deposits.consequences.${wanted.end}`, {
            ...{ payer, amount: moneyText(amount), account: whose(wanted) },
          }),
          go: t('deposits.decide'),
          danger: wanted.end === 'returned',
        },
        changes: [['deposits'], ['parked-money'], ...moneyOf(whose(wanted))],
        send: command => {
          const { end, payment, account } = wanted;
          const to = { ...(end === 'order' && { payment }), ...(end === 'account' && { account }) };
          const body = { end, ...to, reason: command.reason };
          return send('POST', '/api/v1/deposits/{deposit}/resolution', { path: { deposit }, body, command });
        },
        done: t('deposits.done'),
      })}
    >
      <Fields of={of} ends={ends} />
    </StaffForm>
  );
}

function Fields({ of: { candidates, why }, ends }: { of: Deposit; ends: readonly End[] }) {
  const { t } = useTranslation('staff');
  const end = useWatch({ name: 'end' }) as End;
  const nameOf = ({ payment, account, amount, orderedAt }: Deposit['candidates'][number]) =>
    t('deposits.candidate', { payment, account, amount: moneyText(amount), at: timeText(orderedAt) });
  return (
    <>
      {why !== null && <Note>{t(`deposits.advice.${why}`)}</Note>}
      <RadioField
        name="end"
        label={t('deposits.end')}
        choices={ends.map(one => [one, t(`deposits.ends.${one}`)])}
      />
      {end === 'order' && candidates.length > 0 && (
        <SelectField
          name="payment"
          label={t('deposits.payment')}
          choices={candidates.map(one => [one.payment, nameOf(one)])}
          required
        />
      )}
      {end === 'order' && candidates.length === 0 && (
        <Field name="payment" label={t('deposits.payment')} maxLength={40} required />
      )}
      {end === 'account' && <Field name="account" label={t('accounts.account')} maxLength={32} required />}
    </>
  );
}
