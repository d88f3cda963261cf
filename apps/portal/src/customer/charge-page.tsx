import { useNavigate } from '@tanstack/react-router';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { created, type Schemas, send } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { CheckField, Field, SelectField } from '../ui/form/field.js';
import { ListPage } from '../ui/list-page.js';
import { moneyText } from '../ui/money-text.js';
import { Note, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';
import {
  paymentsKey,
  prepaidSettingsKey,
  useCardName,
  usePaymentWays,
  usePrepaidSettings,
} from './payment-questions.js';

type Listed = Schemas['ListedPayment'];
type Way = Schemas['PaymentWays']['ways'][number];
const AMOUNTS = ['3000', '5000', '10000', '30000', '50000', '100000'] as const;

/** Prepaid value is ordered here, and paid at a gateway (PAY-01 to PAY-09). */
export default function ChargePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const list = usePages([...paymentsKey(account)], '/api/v1/accounts/{account}/payments', {
    path: { account },
    query: {},
  });
  const ways = usePaymentWays();
  const isReadOnly = useReadOnly();
  return (
    <ListPage
      name="payments"
      title={t('charge.name')}
      lead={t('charge.lead')}
      search={
        !isReadOnly && (
          <Sheet title={t('charge.order')}>
            <Answer of={ways}>
              {({ ways: all, expiryDays }) =>
                all.length === 0 ? (
                  <Note>{t('charge.noWays')}</Note>
                ) : (
                  <Order ways={all} expiryDays={expiryDays} />
                )
              }
            </Answer>
          </Sheet>
        )
      }
      of={list}
      columns={useColumns()}
      rowKey={row => row.payment}
      filter={false}
      empty={t('charge.none')}
    />
  );
}

function Order({ ways, expiryDays }: { ways: readonly Way[]; expiryDays: number }) {
  const { t } = useTranslation('customer');
  const account = useAccount();
  const navigate = useNavigate();
  const range = ({ least, most }: Way): string =>
    t('charge.range', { least: moneyText(least, 0), most: moneyText(most, 0) });
  return (
    <OwnForm
      initial={{ method: ways[0]!.method as string, card: '', keepCard: false, chosen: '10000', amount: '' }}
      go={t('charge.go')}
      act={({ method, card, keepCard, chosen, amount }) => ({
        changes: [paymentsKey(account), prepaidSettingsKey(account), ['balance', account]],
        // What was typed counts more than what was chosen (PAY-02).
        send: async command => {
          const byCard = method !== 'card' ? {} : card === '' ? { keepCard } : { card };
          const body = { method: method as Way['method'], amount: amount.trim() || chosen, ...byCard };
          return created(
            await send('POST', '/api/v1/accounts/{account}/payments', { path: { account }, body, command }),
          );
        },
        done: t('charge.ordered'),
        after: ({ payment }) => void navigate({ to: `/charge/${payment}` as never }),
      })}
    >
      <SelectField
        name="method"
        label={t('charge.method')}
        choices={ways.map(way => [
          way.method,
          t('charge.way', { method: t(`charge.methods.${way.method}`), range: range(way) }),
        ])}
        required
      />
      <CardOfPayment keepsCards={ways.some(way => way.keepsCards)} />
      <SelectField
        name="chosen"
        label={t('charge.chosen')}
        choices={AMOUNTS.map(one => [one, t('charge.yen', { amount: moneyText(one, 0) })])}
      />
      <Field
        name="amount"
        label={t('charge.typed')}
        hint={t('charge.typedHint')}
        inputMode="numeric"
        maxLength={15}
      />
      <p className="hint">{t('charge.expiry', { days: String(expiryDays) })}</p>
    </OwnForm>
  );
}

/** A registered card, or a new one that may be registered (PAY-04, PAY-05). */
function CardOfPayment({ keepsCards }: { keepsCards: boolean }) {
  const { t } = useTranslation('customer');
  const cards = usePrepaidSettings(useAccount()).data?.cards ?? [];
  const cardName = useCardName();
  const [method, card] = useWatch<{ method: string; card: string }, ['method', 'card']>({
    name: ['method', 'card'],
  });
  if (method !== 'card') return null;
  return (
    <>
      {cards.length > 0 && (
        <SelectField
          name="card"
          label={t('charge.card')}
          choices={[['', t('charge.newCard')], ...cards.map(one => [one.card, cardName(one)] as const)]}
        />
      )}
      {card === '' && keepsCards && <CheckField name="keepCard" label={t('charge.keepCard')} />}
    </>
  );
}

function useColumns(): readonly Column<Listed>[] {
  const { t } = useTranslation('customer');
  const phaseOf = useKnown('customer:charge.phases');
  return [
    { id: 'at', name: t('charge.at'), kind: 'time', value: row => row.orderedAt },
    {
      id: 'payment',
      name: t('charge.payment'),
      kind: 'code',
      value: row => row.payment,
      to: row => `/charge/${row.payment}`,
    },
    {
      id: 'method',
      name: t('charge.method'),
      value: row => (row.recharge ? t('charge.recharge') : t(`charge.methods.${row.method}`)),
    },
    { id: 'amount', name: t('charge.amount'), kind: 'money', value: row => row.amount },
    { id: 'phase', name: t('charge.state'), value: row => phaseOf(row.phase) },
    { id: 'until', name: t('charge.until'), kind: 'time', value: row => row.payableUntil },
  ];
}
