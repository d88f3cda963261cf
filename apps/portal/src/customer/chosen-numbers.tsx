import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../ui/page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import type { Chosen, OfferedNumber, OnChosen, VbaGroup } from './number-choice.js';

interface Props {
  readonly of: Chosen;
  readonly onRemove: (number: OfferedNumber) => void;
  readonly onRemoveGroup: (group: VbaGroup) => void;
  /** Takes the choice to the cart; nothing does yet where it is not given. */
  readonly onChosen?: OnChosen;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly quantity: number;
  readonly remove: () => void;
}

const rowsOf = ({ of: { numbers, groups }, onRemove, onRemoveGroup }: Props): readonly Row[] => [
  ...numbers.map(one => ({
    id: one.number,
    name: one.number,
    kind: one.kind,
    quantity: 1,
    remove: () => onRemove(one),
  })),
  ...groups.map(({ group, quantity }) => ({
    id: group.group,
    name: `${group.city || group.country} (${group.areaCode})`,
    kind: 'VBA',
    quantity,
    remove: () => onRemoveGroup(group),
  })),
];

/** What is chosen so far, at the bottom of the page. */
export function ChosenNumbers(props: Props) {
  const { t } = useTranslation('customer');
  const { of: chosen, onChosen } = props;
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      { id: 'name', name: t('numberSearch.number'), kind: 'code', value: row => row.name },
      { id: 'kind', name: t('numberSearch.kind'), kind: 'code', value: row => row.kind },
      { id: 'quantity', name: t('numberSearch.quantity'), kind: 'count', value: row => row.quantity },
      actsColumn(t('numberSearch.select'), row => (
        <button
          type="button"
          className="button small"
          aria-label={t('numberSearch.leaveLabel', { number: row.name })}
          onClick={row.remove}
        >
          {t('numberSearch.leave')}
        </button>
      )),
    ],
    [t],
  );
  const rows = rowsOf(props);
  return (
    <Sheet title={t('numberSearch.chosen')}>
      <p className="sr" role="status">
        {t('numberSearch.chosenCount', { count: rows.length })}
      </p>
      <DataTable
        name="chosen"
        caption={t('numberSearch.chosen')}
        columns={columns}
        of={{ rows }}
        rowKey={row => row.id}
        sort={false}
        filter={false}
        density="comfortable"
        empty={t('numberSearch.nothingChosen')}
      />
      {onChosen && (
        <div className="buttons">
          <button
            type="button"
            className="button primary"
            disabled={rows.length === 0}
            onClick={() => void onChosen(chosen)}
          >
            {t('numberSearch.toCart')}
          </button>
        </div>
      )}
    </Sheet>
  );
}
