import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { countText } from '../ui/number-text.js';
import { OneSearch } from '../ui/one-search.js';
import { Badge, type BadgeKind, Columns, Page, Sheet } from '../ui/page.js';
import { Answer, Failure } from '../ui/states.js';
import { DataTable } from '../ui/table/data-table.js';
import { Month } from '../ui/time.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { CloseState, isDue } from './close-state.js';
import { useImportColumns } from './import-columns.js';
import { type Count, useCount, useHealth, useImports, useMonths } from './questions.js';

/** First page of staff: what waits for somebody, and the way to a customer. */
export default function StartPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  return (
    <Page title={t('start.name')} lead={t('start.lead')}>
      <Sheet title={t('start.find')}>
        <FindCustomer />
      </Sheet>
      {may('GET /api/v1/closes') ? (
        <>
          <Sheet title={t('start.attention')}>
            <Attention />
          </Sheet>
          <Columns>
            <Sheet title={t('closes.name')} aside={<AppLink to="/closes">{t('start.toCloses')}</AppLink>}>
              <LatestMonths />
            </Sheet>
            <Sheet title={t('imports.list')} aside={<AppLink to="/imports">{t('start.toImports')}</AppLink>}>
              <LatestImports />
            </Sheet>
          </Columns>
        </>
      ) : (
        <Sheet title={t('start.state')}>
          <ul className="plain-list">
            <StoreState />
          </ul>
        </Sheet>
      )}
    </Page>
  );
}

function FindCustomer() {
  const { t } = useTranslation(['staff', 'frame']);
  const navigate = useNavigate();
  return (
    <OneSearch
      label={t('accounts.search')}
      about={t('accounts.searchLabel')}
      isLarge
      onSearch={search => void navigate({ to: '/accounts' as never, search: { search } as never })}
    />
  );
}

function Attention() {
  const { t } = useTranslation(['staff', 'frame']);
  return (
    <ul className="plain-list">
      <StoreState />
      <Waiting
        of={useCount('jobs', '/api/v1/jobs', { state: 'parked' })}
        name={t('start.parked')}
        none={t('start.noneParked')}
        link={
          <AppLink to="/jobs" search={{ state: 'parked' }}>
            {t('start.toJobs')}
          </AppLink>
        }
      />
      <Waiting
        of={useCount('suspense', '/api/v1/suspense', {})}
        name={t('start.suspense')}
        none={t('start.noSuspense')}
        link={<AppLink to="/suspense">{t('start.toSuspense')}</AppLink>}
      />
      <OpenMonths />
    </ul>
  );
}

interface TaskProps {
  /** Absent while it is not known. */
  readonly kind?: BadgeKind;
  readonly children: ReactNode;
  readonly link?: ReactNode;
}

/** One line of what may need somebody: the state in a word, what it is, where to go. */
function Task({ kind, children, link }: TaskProps) {
  const { t } = useTranslation(['staff', 'frame']);
  return (
    <li>
      {kind === undefined ? <Badge>…</Badge> : <Badge kind={kind}>{t(`start.kinds.${kind}`)}</Badge>}
      <span className="grow">{children}</span>
      {kind !== 'good' && link}
    </li>
  );
}

const Failed = ({ error, retry }: { error: unknown; retry: () => unknown }) => (
  <li>
    <Failure error={error} retry={() => void retry()} />
  </li>
);

function StoreState() {
  const { t } = useTranslation(['staff', 'frame']);
  const { data, error, refetch } = useHealth();
  if (error) return <Failed error={error} retry={refetch} />;
  if (!data) return <Task>{t('start.store')}</Task>;
  if (data.writable) return <Task kind="good">{t('start.storeWritable')}</Task>;
  return (
    <Task kind="bad">
      {t('start.storeReadOnly')} <span className="code small">{data.reason}</span>
    </Task>
  );
}

interface WaitingProps {
  readonly of: { readonly data: Count | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly name: string;
  readonly none: string;
  readonly link: ReactNode;
}
function Waiting({ of, name, none, link }: WaitingProps) {
  const { t } = useTranslation(['staff', 'frame']);
  if (of.error) return <Failed error={of.error} retry={of.refetch} />;
  if (!of.data) return <Task>{name}</Task>;
  const { count, open } = of.data;
  if (count === 0) return <Task kind="good">{none}</Task>;
  return (
    <Task kind="warn" link={link}>
      {name} <strong>{t(open ? 'start.countOrMore' : 'start.count', { count })}</strong>
    </Task>
  );
}

function OpenMonths() {
  const { t } = useTranslation(['staff', 'frame']);
  const { data, error, refetch } = useMonths();
  if (error) return <Failed error={error} retry={refetch} />;
  if (!data) return <Task>{t('start.months')}</Task>;
  const due = data.rows.filter(isDue);
  if (due.length === 0) return <Task kind="good">{t('start.noMonths')}</Task>;
  const names = due.map(({ month }) => monthText(month, language())).join(', ');
  // The oldest first: a month is closed only after the one before.
  const oldest = due.at(-1)?.month ?? '';
  return (
    <Task kind="warn" link={<AppLink to={`/closes/${oldest}`}>{t('start.toClose')}</AppLink>}>
      {t('start.months')} <strong>{names}</strong>
    </Task>
  );
}

const FEW = 6;

function LatestMonths() {
  const { t } = useTranslation(['staff', 'frame']);
  const months = useMonths();
  return (
    <Answer of={months}>
      {({ rows }) => (
        <ul className="plain-list">
          {rows.slice(0, FEW).map(row => (
            <li key={row.month}>
              <AppLink to={`/closes/${row.month}`}>
                <Month of={row.month} />
              </AppLink>
              <span className="grow tabular">
                {t('start.closedOf', { closed: countText(row.closed), accounts: countText(row.accounts) })}
              </span>
              <CloseState of={row} />
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}

const SHOWN = new Set(['started', 'file', 'charged', 'suspended']);

function LatestImports() {
  const { t } = useTranslation(['staff', 'frame']);
  const imports = useImports();
  const all = useImportColumns();
  const columns = useMemo(() => all.filter(({ id }) => SHOWN.has(id)), [all]);
  const rows = useMemo(() => imports.data?.rows.slice(0, FEW), [imports.data]);
  return (
    <DataTable
      name="latest"
      caption={t('imports.list')}
      of={{ ...listOf(imports), rows }}
      columns={columns}
      rowKey={row => row.import}
      filter={false}
      sort={false}
      empty={t('imports.none')}
    />
  );
}
