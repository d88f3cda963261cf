import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { Note } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { dayText, timeText } from '../ui/time-text.js';
import { useSubjectColumns } from './contracts-columns.js';
import { type Contract, type Ending, useCircleNames, useWhose } from './contracts-questions.js';
import { ShortTable } from './plain-table.js';

/** A contract with the end that it would have, or has by now. */
export type EndingContract = Contract & { readonly ending: Ending };

/** Contracts with their ends; an end of something that is not on the page is left out. */
export function withEnds(contracts: readonly Contract[], ends: readonly Ending[]): readonly EndingContract[] {
  const byId = new Map(contracts.map(one => [one.contract, one]));
  return ends.flatMap(ending => {
    const of = byId.get(ending.contract);
    return of ? [{ ...of, ending }] : [];
  });
}

interface EndsProps {
  readonly of: readonly EndingContract[];
  readonly caption?: string;
  readonly empty?: string;
}

/** Which contracts end when, and how long that can be undone. */
export function Ends({ of, caption, empty }: EndsProps) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const subject = useSubjectColumns(useCircleNames(account));
  const columns = useMemo<readonly Column<EndingContract>[]>(
    () => [
      ...subject.filter(({ hidden }) => !hidden),
      { id: 'endsOn', name: t('contracts.endsOn'), kind: 'day', value: row => row.ending.endsOn },
      {
        id: 'undoUntil',
        name: t('contracts.undoUntil'),
        value: ({ ending: { undoUntil } }) =>
          undoUntil === null ? t('cancel.notUndone') : timeText(undoUntil),
      },
    ],
    [t, subject],
  );
  return (
    <ShortTable
      caption={caption ?? t('cancel.chosen')}
      cards
      columns={columns}
      rows={of}
      rowKey={row => row.contract}
      empty={empty ?? t('cancel.nothing')}
    />
  );
}

/** `2026/12/31 をもって解約：2件`, a line for each day. */
export function EndDays({ of }: { of: readonly Ending[] }) {
  const { t } = useTranslation('customer');
  const days = [...Map.groupBy(of, ({ endsOn }) => endsOn)].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <ul className="plain-list">
      {days.map(([day, { length: count }]) => (
        <li key={day}>{t('cancel.ends', { day: dayText(day), count })}</li>
      ))}
    </ul>
  );
}

/** What holds for these contracts: cut-off, fees, and what does not end with them. */
export function Rules({ of, recordings }: { of: readonly EndingContract[]; recordings: boolean }) {
  const { t } = useTranslation('customer');
  const until = of.find(({ ending }) => ending.undoUntil !== null)?.ending.undoUntil;
  const kinds = new Set(of.map(({ kind }) => kind));
  return (
    <Note>
      {until && <p>{t('cancel.rule', { time: timeText(until).slice(-5) })}</p>}
      <p>{t('cancel.fees')}</p>
      {(kinds.has('trunk') || kinds.has('fax')) && <p>{t('cancel.channels')}</p>}
      {recordings && <p>{t('cancel.recordings')}</p>}
    </Note>
  );
}

/** That a cancellation was received, with its days. */
export function Received({ of }: { of: readonly Ending[] }) {
  const { t } = useTranslation('customer');
  const { at } = useWhose();
  return (
    <Note kind="good">
      <p role="status">
        <strong>{t('cancel.done')}</strong>
      </p>
      <EndDays of={of} />
      <p>{t('cancel.doneText')}</p>
      <p>
        <AppLink to={at('/contracts')}>{t('cancel.toContracts')}</AppLink>
      </p>
    </Note>
  );
}
