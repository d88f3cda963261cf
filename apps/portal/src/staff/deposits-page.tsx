import { type TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { Columns, Sheet } from '../ui/page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { DepositFile } from './deposit-file.js';
import { NewDeposit } from './new-deposit.js';
import { OneDeposit } from './one-deposit.js';
import { PAGE } from './questions.js';

type Deposit = Schemas['Deposit'];
type File = Schemas['DepositFile'];
const LISTS = ['ambiguous', 'unknown', 'matched', 'decided', 'cancelled'] as const;

/** Files of the bank: bringing one in, what came and what it is, and the files before. */
export default function DepositsPage() {
  const { t } = useTranslation('staff');
  const may = useMay();
  const list = useChoice('list', LISTS, 'ambiguous') as Deposit['list'];
  const isWaiting = list === 'ambiguous' || list === 'unknown';
  const deposits = usePages(['deposits', list], '/api/v1/deposits', { query: { limit: PAGE, list } });
  const mayDecide = may('POST /api/v1/deposits/{deposit}/resolution');
  const above = (
    <Columns>
      {may('POST /api/v1/deposit-files') && (
        <Sheet title={t('deposits.upload')}>
          <DepositFile />
        </Sheet>
      )}
      {may('POST /api/v1/deposits') && (
        <Sheet title={t('deposits.register.name')}>
          <NewDeposit />
        </Sheet>
      )}
    </Columns>
  );
  const columns: readonly Column<Deposit>[] = [
    ...columnsOf(t),
    ...(isWaiting && mayDecide ? [actsColumn<Deposit>(t('acts'), row => <Opened of={row} />)] : []),
  ];
  return (
    <ListPage
      name="deposits"
      title={t('deposits.name')}
      lead={t('deposits.lead')}
      above={above}
      sheet={t('deposits.list')}
      of={deposits}
      columns={columns}
      rowKey={row => row.deposit}
      csv="deposits"
      empty={t(`deposits.none.${list}`)}
      aside={
        <UrlSelect
          name="list"
          label={t('deposits.show')}
          usual="ambiguous"
          choices={LISTS.map(one => [one, t(`deposits.lists.${one}`)])}
        />
      }
      below={<Files />}
    />
  );
}

function columnsOf(t: TFunction<'staff'>): readonly Column<Deposit>[] {
  const whyOf = ({ why }: Deposit) => (why === null ? null : t(`deposits.whys.${why}`));
  const endOf = ({ outcome }: Deposit) => (outcome === null ? null : t(`deposits.outcomes.${outcome}`));
  return [
    { id: 'day', name: t('deposits.day'), kind: 'day', value: row => row.day },
    { id: 'amount', name: t('deposits.amount'), kind: 'money', value: row => row.amount },
    { id: 'payer', name: t('deposits.payer'), value: row => row.payer, wrap: true },
    { id: 'why', name: t('deposits.why'), value: whyOf, wrap: true },
    {
      id: 'account',
      name: t('accounts.account'),
      kind: 'code',
      value: row => row.account,
      cell: ({ account }) => account !== null && <AppLink to={`/accounts/${account}`}>{account}</AppLink>,
    },
    { id: 'outcome', name: t('deposits.outcome'), value: endOf },
    { id: 'bank', name: t('deposits.payerBank'), value: row => row.payerBank, hidden: true },
    { id: 'remark', name: t('deposits.remark'), value: row => row.remark, hidden: true },
    ...codes(t),
  ];
}

const codes = (t: TFunction<'staff'>): readonly Column<Deposit>[] =>
  (['virtualAccount', 'number', 'payment', 'lot', 'deposit'] as const).map(id => ({
    ...{ id, name: t(`deposits.codes.${id}`), kind: 'code', hidden: true },
    value: row => row[id],
  }));

/** What it may be, and what becomes of it, when somebody asks for it. */
function Opened({ of }: { of: Deposit }) {
  const { t } = useTranslation('staff');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="stack">
      <button
        type="button"
        className="button small"
        aria-expanded={isOpen}
        aria-label={isOpen ? undefined : t('deposits.openOf', { payer: of.payer, amount: of.amount })}
        onClick={() => setOpen(before => !before)}
      >
        {t(isOpen ? 'deposits.close' : 'deposits.open')}
      </button>
      {isOpen && <OneDeposit of={of} />}
    </div>
  );
}

function Files() {
  const { t } = useTranslation('staff');
  const files = usePages(['deposit-files'], '/api/v1/deposit-files', { query: { limit: PAGE } });
  const counts = (['rows', 'fresh', 'matched', 'ambiguous', 'unknown', 'cancelled'] as const).map(
    (id): Column<File> => ({ id, name: t(`deposits.counts.${id}`), kind: 'count', value: row => row[id] }),
  );
  const columns: readonly Column<File>[] = [
    { id: 'takenAt', name: t('deposits.takenAt'), kind: 'time', value: row => row.takenAt },
    { id: 'name', name: t('deposits.file'), value: row => row.name, wrap: true },
    { id: 'from', name: t('deposits.from'), kind: 'day', value: row => row.from },
    { id: 'to', name: t('deposits.to'), kind: 'day', value: row => row.to },
    { id: 'sum', name: t('deposits.sum'), kind: 'money', value: row => row.sum },
    ...counts,
  ];
  return (
    <Sheet title={t('deposits.files')}>
      <DataTable
        name="deposit-files"
        caption={t('deposits.files')}
        of={files}
        columns={columns}
        rowKey={row => row.file}
        empty={t('deposits.noFiles')}
      />
    </Sheet>
  );
}
