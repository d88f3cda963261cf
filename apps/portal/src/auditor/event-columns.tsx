import type { TFunction } from 'i18next';
import { AppLink } from '../app/link.js';
import type { Column } from '../ui/table/columns.js';
import { Time } from '../ui/time.js';
import { hasHiddenName, type LogEvent, saidBy } from './questions.js';

/** `ledger.LotCredited.v1` is `LotCredited`: the version and the context are for machines. */
export const shortType = (type: string): string => type.split('.')[1] ?? type;

/** How events stand in a table; the position leads to the whole event. */
export const eventColumns = (t: TFunction<'auditor'>): readonly Column<LogEvent>[] => [
  {
    id: 'position',
    name: t('events.position'),
    kind: 'count',
    value: row => row.position,
    cell: row => <AppLink to={`/events/${row.position}`}>{row.position}</AppLink>,
  },
  {
    id: 'recorded',
    name: t('events.recorded'),
    kind: 'time',
    value: row => row.recordedAt,
    cell: row => <Time at={row.recordedAt} seconds />,
  },
  { id: 'said', name: t('events.said'), value: saidBy, wrap: true, cell: said },
  {
    id: 'type',
    name: t('events.type'),
    kind: 'code',
    value: row => row.type,
    text: row => row.type,
    cell: typeOf,
  },
  {
    id: 'stream',
    name: t('events.stream'),
    kind: 'code',
    hidden: true,
    value: row => row.stream,
    cell: row =>
      hasHiddenName(row.stream) ? (
        row.stream
      ) : (
        <AppLink to="/events" search={{ stream: row.stream }} className="clip">
          {row.stream}
        </AppLink>
      ),
  },
  { id: 'actor', name: t('events.actor'), kind: 'code', value: row => row.actor, hidden: true },
  { id: 'reason', name: t('events.reason'), value: row => row.reason, wrap: true, hidden: true },
  { id: 'command', name: t('events.command'), kind: 'code', value: row => row.commandId, hidden: true },
];

const said = (event: LogEvent) => <div className="said">{saidBy(event)}</div>;
const typeOf = ({ type }: LogEvent) => <span title={type}>{shortType(type)}</span>;
