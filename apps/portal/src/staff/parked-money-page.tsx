import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { moneyText } from '../ui/money-text.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { accountColumn } from './account-column.js';
import { moneyOf, StaffButton } from './acts.js';
import { PAGE } from './questions.js';

type Parked = Schemas['ParkedMoney'];
const STATES = ['waiting', 'decided'] as const;
const ENDS = ['credited', 'returned'] as const;

/** Money that came in and is not what was ordered: staff credit it or give it back, with the reason. */
export default function ParkedMoneyPage() {
  const { t } = useTranslation('staff');
  const state = useChoice('state', STATES, 'waiting');
  const query = { limit: PAGE, open: String(state === 'waiting') };
  const list = usePages(['parked-money', state], '/api/v1/parked-money', { query });
  return (
    <ListPage
      name="parked-money"
      title={t('parkedMoney.name')}
      lead={t('parkedMoney.lead')}
      of={list}
      columns={useColumns(state === 'waiting')}
      rowKey={row => row.parked}
      csv="parked-money"
      empty={t(`parkedMoney.none.${state === 'waiting' ? 'waiting' : 'decided'}`)}
      aside={
        <UrlSelect
          name="state"
          label={t('parkedMoney.show')}
          usual="waiting"
          choices={STATES.map(one => [one, t(`parkedMoney.states.${one}`)])}
        />
      }
    />
  );
}

function useColumns(isOpen: boolean): readonly Column<Parked>[] {
  const { t } = useTranslation(['staff', 'customer']);
  const may = useMay();
  const mayDecide = may('POST /api/v1/parked-money/{parked}/resolution');
  return useMemo(
    () => [
      { id: 'at', name: t('parkedMoney.at'), kind: 'time', value: row => row.parkedAt },
      accountColumn<Parked>(t),
      { id: 'amount', name: t('parkedMoney.amount'), kind: 'money', value: row => row.amount },
      { id: 'ordered', name: t('parkedMoney.ordered'), kind: 'money', value: row => row.ordered },
      { id: 'why', name: t('parkedMoney.why'), value: row => t(`parkedMoney.whys.${row.why}`), wrap: true },
      {
        id: 'method',
        name: t('parkedMoney.method'),
        value: row => t(`customer:charge.methods.${row.method}`),
      },
      {
        id: 'payment',
        name: t('parkedMoney.payment'),
        kind: 'code',
        value: row => row.payment,
        hidden: true,
      },
      { id: 'gateway', name: t('parkedMoney.gateway'), value: row => row.gateway, hidden: true },
      {
        id: 'reference',
        name: t('parkedMoney.reference'),
        kind: 'code',
        value: row => row.reference,
        hidden: true,
      },
      ...(isOpen && mayDecide
        ? [
            actsColumn<Parked>(t('acts'), row => (
              <div className="buttons">
                {ENDS.map(end => (
                  <Decide key={end} of={row} end={end} />
                ))}
              </div>
            )),
          ]
        : []),
    ],
    [t, isOpen, mayDecide],
  );
}

function Decide({ of: { parked, account, amount }, end }: { of: Parked; end: (typeof ENDS)[number] }) {
  const { t } = useTranslation('staff');
  const isReturned = end === 'returned';
  return (
    <StaffButton
      danger={isReturned}
      label={t(`parkedMoney.ends.${end}.label`, { parked })}
      ask={{
        title: t(`parkedMoney.ends.${end}.title`),
        consequence: t(`parkedMoney.ends.${end}.consequence`, { account, amount: moneyText(amount) }),
        go: t(`parkedMoney.ends.${end}.go`),
        danger: isReturned,
      }}
      send={command => {
        const body = { end, reason: command.reason };
        return send('POST', '/api/v1/parked-money/{parked}/resolution', { path: { parked }, body, command });
      }}
      changes={[['parked-money'], ...moneyOf(account)]}
      done={t(`parkedMoney.ends.${end}.done`)}
    >
      {t(`parkedMoney.ends.${end}.go`)}
    </StaffButton>
  );
}
