import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useReadOnly } from '../app/session.js';
import { useUrlState } from '../app/url-state.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { Badge, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Day } from '../ui/time.js';
import { today } from '../ui/time-text.js';
import { useCircleData } from './circle-data.js';
import { CircleSearch, Found } from './circle-search.js';
import { type CircleState, type CircleStatus, stateOf } from './circle-state.js';
import { useEndings } from './contracts-questions.js';
import { type Circle, type ForcedChange, useCircles } from './questions.js';
import { EnterButton } from './use-enter.js';

/** Circles of the account, the way down to them, and a search across them (ACC-12, ACC-20, ACC-21). */
export default function CirclesPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const isReadOnly = useReadOnly();
  const circles = useCircles();
  const [search] = useUrlState();
  const words = (search['q'] ?? '').trim();
  return (
    <Page
      title={t('circles.name')}
      lead={t('circles.lead')}
      acts={
        !isReadOnly && (
          <AppLink to="/circles/add" className="button primary">
            {t('circles.add')}
          </AppLink>
        )
      }
    >
      <Sheet>
        <CircleSearch />
        <Answer of={circles}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty>{t('circles.none')}</Empty>
            ) : words === '' ? (
              <CircleTable circles={rows} />
            ) : (
              <Found circles={rows} words={words} />
            )
          }
        </Answer>
      </Sheet>
    </Page>
  );
}

const KINDS = { none: undefined, warn: 'warn', force: 'bad' } as const;

/** Whether the logins of a circle have to change their passwords, in one word. */
export function Forcing({ value }: { value: ForcedChange }) {
  const { t } = useTranslation('customer');
  const words = { none: 'circle.noneShort', warn: 'circle.warnShort', force: 'circle.forcedShort' } as const;
  const kind = KINDS[value];
  return kind ? <Badge kind={kind}>{t(words[value])}</Badge> : t(words[value]);
}

const STATUSES = { active: 'good', ending: 'warn', ended: undefined } as const;
const SHOWN = ['all', 'active', 'ending', 'ended'] as const satisfies readonly (CircleStatus | 'all')[];

/** Whether a circle goes on, in one word. */
export function CircleBadge({ status }: Pick<CircleState, 'status'>) {
  const { t } = useTranslation('customer');
  return <Badge kind={STATUSES[status]}>{t(`whole.statuses.${status}`)}</Badge>;
}

type CircleRow = Circle & {
  readonly state: CircleState;
  readonly department: string | null;
  readonly person: string | null;
};

function CircleTable({ circles }: { circles: readonly Circle[] }) {
  const { t } = useTranslation(['customer', 'frame']);
  const endings = useEndings().data;
  const known = useCircleData();
  const show = useChoice('show', SHOWN, 'all');
  const rows = useMemo(
    () =>
      circles
        .map(circle => {
          const { department = null, person = null } = known.get(circle.circle) ?? {};
          return { ...circle, department, person, state: stateOf(circle.circle, endings, today()) };
        })
        .filter(({ state }) => show === 'all' || state.status === show),
    [circles, endings, show, known],
  );
  const columns = useColumns();
  return (
    <>
      <div className="filters">
        <UrlSelect
          name="show"
          label={t('whole.show')}
          usual="all"
          choices={SHOWN.map(one => [one, t(`whole.shown.${one}`)])}
        />
      </div>
      <DataTable
        name="circles"
        caption={t('circles.name')}
        of={{ rows }}
        columns={columns}
        rowKey={row => row.circle}
        filter={false}
        csv="circles"
        empty={t('whole.noneSo')}
        density="comfortable"
      />
      <p className="small soft">{t('circles.representativeNote')}</p>
    </>
  );
}

/** Who is in charge of it (ACC-20). */
const peopleOf = (t: TFunction<['customer', 'frame'], undefined>): readonly Column<CircleRow>[] => [
  { id: 'department', name: t('party.department'), value: row => row.department, hidden: true },
  { id: 'person', name: t('party.person'), value: row => row.person },
];

function useColumns(): readonly Column<CircleRow>[] {
  const { t } = useTranslation(['customer', 'frame']);
  const isReadOnly = useReadOnly();
  return useMemo<readonly Column<CircleRow>[]>(
    () => [
      {
        id: 'circle',
        name: t('circles.circle'),
        kind: 'code',
        value: row => row.circle,
        cell: row => (
          <span>
            <AppLink to={`/circles/${row.circle}`}>{row.circle}</AppLink>
            {row.representative && (
              <abbr className="mark" title={t('circles.representative')}>
                ＊
              </abbr>
            )}
          </span>
        ),
      },
      { id: 'user', name: t('circles.user'), value: row => row.name, wrap: true },
      ...peopleOf(t),
      { id: 'loginId', name: t('frame:login.id'), kind: 'code', value: row => row.loginId },
      {
        id: 'status',
        name: t('whole.status'),
        value: ({ state }) => t(`whole.statuses.${state.status}`),
        cell: ({ state: { status, endsOn } }) => (
          <>
            <CircleBadge status={status} /> {endsOn !== null && <Day of={endsOn} />}
          </>
        ),
      },
      {
        id: 'endsOn',
        name: t('contracts.endsOn'),
        kind: 'day',
        value: ({ state }) => state.endsOn,
        hidden: true,
      },
      { id: 'uniques', name: t('circles.uniques'), kind: 'count', value: row => row.uniques },
      {
        id: 'forced',
        name: t('circles.forced'),
        value: row => row.forcedChange,
        cell: row => <Forcing value={row.forcedChange} />,
        hidden: true,
      },
      { id: 'created', name: t('circles.created'), kind: 'time', value: row => row.createdAt, hidden: true },
      {
        id: 'act',
        name: t('circles.act'),
        sortable: false,
        value: row => row.circle,
        cell: ({ circle, name, state }) => (
          <span className="buttons">
            <EnterButton to={{ circle, name }} />
            {state.status !== 'ended' && !isReadOnly && (
              <AppLink to={`/circles/${circle}/cancel`} className="button small">
                {t(state.status === 'active' ? 'whole.cancelCircle' : 'whole.undo')}
              </AppLink>
            )}
          </span>
        ),
      },
    ],
    [t, isReadOnly],
  );
}
