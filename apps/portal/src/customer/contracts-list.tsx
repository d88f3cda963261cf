import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { created, send } from '../api/client.js';
import { useMay } from '../app/may.js';
import { useReadOnly } from '../app/session.js';
import { useAct } from '../ui/act.js';
import { type Choices, UrlSelect, useChoice } from '../ui/choices.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useKnown } from '../words/known.js';
import { numberOrUnique, useContractColumns } from './contracts-columns.js';
import {
  type Contract,
  contractsKey,
  useBuyingManners,
  useCircleNames,
  useNameOf,
  useWhose,
} from './contracts-questions.js';

const SHOWN = ['current', 'ending', 'all'] as const;
const UNDO = '/api/v1/accounts/{account}/cancellations/undo';

/** What of the contracts is shown, as it stands in the address. */
export const useShown = () => useChoice('show', SHOWN, 'current');

/** Who has no circle belongs to the account. */
const circleOf = ({ circle }: Contract): string => circle ?? 'account';

/** Contracts found by circle, kind and state; those that are ticked are cancelled, or go on after all. */
export function ContractsList({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const may = useMay();
  const isReadOnly = useReadOnly();
  const circles = useCircleNames(account);
  const { rows, filters } = useFound(contracts, circles);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const columns = useContractColumns(circles);
  const ticks = useTicks(ticked, setTicked);
  const mayAct = may(`POST ${UNDO}`) && !isReadOnly;
  const shown = useMemo(() => (mayAct ? [ticks, ...columns] : columns), [mayAct, ticks, columns]);
  const chosen = rows.filter(({ contract }) => ticked.has(contract));
  const tickable = rows.filter(row => row.status !== 'ended').map(({ contract }) => contract);
  return (
    <>
      <div className="filters">{filters}</div>
      <DataTable
        name="contracts"
        caption={t('contracts.list')}
        of={{ rows }}
        columns={shown}
        rowKey={row => row.contract}
        csv={`contracts-${account}`}
        empty={t('contracts.none')}
        tools={
          mayAct && (
            <>
              <button
                type="button"
                className="button small"
                onClick={() => setTicked(new Set(chosen.length > 0 ? [] : tickable))}
              >
                {t(chosen.length > 0 ? 'contracts.untick' : 'contracts.tickAll')}
              </button>
              <Acts chosen={chosen} untick={() => setTicked(new Set())} />
            </>
          )
        }
      />
    </>
  );
}

/** Choices above the list, and what they leave of it. */
function useFound(contracts: readonly Contract[], circles: ReadonlyMap<string, string>) {
  const { t } = useTranslation('customer');
  const kindOf = useKnown('customer:productKinds');
  const show = useShown();
  const ids = [...new Set(contracts.map(circleOf))];
  const kinds = [...new Set(contracts.map(({ kind }) => kind))];
  const circle = useChoice('circle', ids, '');
  const kind = useChoice('kind', kinds, '');
  const rows = useMemo(
    () =>
      contracts.filter(
        one =>
          (circle === '' || circleOf(one) === circle) &&
          (kind === '' || one.kind === kind) &&
          (show === 'ending' ? one.status === 'ending' : show === 'all' || one.status !== 'ended'),
      ),
    [contracts, circle, kind, show],
  );
  const nameOf = (id: string) => (id === 'account' ? t('contracts.noCircle') : (circles.get(id) ?? id));
  const ofCircles: Choices = ids.map(id => [id, nameOf(id)]);
  const ofKinds: Choices = kinds.map(one => [one, kindOf(one)]);
  const filters = (
    <>
      <UrlSelect
        name="show"
        label={t('contracts.show')}
        usual="current"
        choices={SHOWN.map(one => [one, t(`contracts.shown.${one}`)])}
      />
      <UrlSelect
        name="circle"
        label={t('contracts.circle')}
        usual=""
        choices={[['', t('contracts.anyCircle')], ...ofCircles]}
      />
      <UrlSelect
        name="kind"
        label={t('contracts.kind')}
        usual=""
        choices={[['', t('contracts.anyKind')], ...ofKinds]}
      />
    </>
  );
  return { rows, filters };
}

/** The column in which contracts are chosen; what is over is not. */
function useTicks(ticked: ReadonlySet<string>, set: (ticked: ReadonlySet<string>) => void): Column<Contract> {
  const { t } = useTranslation('customer');
  const nameOf = useNameOf();
  return useMemo(() => {
    const tick = (contract: string, isTicked: boolean) => {
      const next = new Set(ticked);
      if (isTicked) next.add(contract);
      else next.delete(contract);
      set(next);
    };
    return {
      id: 'tick',
      name: t('contracts.tick'),
      value: () => null,
      sortable: false,
      cell: row =>
        row.status !== 'ended' && (
          <input
            type="checkbox"
            aria-label={t('contracts.tickOne', {
              name: [nameOf(row), numberOrUnique(row)].filter(Boolean).join(' '),
            })}
            checked={ticked.has(row.contract)}
            onChange={event => tick(row.contract, event.target.checked)}
          />
        ),
    };
  }, [t, nameOf, ticked, set]);
}

/** Cancel leads to a page that says when each ends; the undo is asked about here. */
function Acts({ chosen, untick }: { chosen: readonly Contract[]; untick: () => void }) {
  const { t } = useTranslation('customer');
  const { account, at } = useWhose();
  const navigate = useNavigate();
  const act = useAct(useBuyingManners());
  const idsOf = (status: Contract['status']) =>
    chosen.filter(one => one.status === status).map(({ contract }) => contract);
  const toCancel = idsOf('active');
  const toUndo = idsOf('ending');
  const undo = () =>
    act({
      ask: {
        title: t('contracts.undoTitle'),
        consequence: t('contracts.undoConsequence', { count: toUndo.length }),
        go: t('contracts.undoGo'),
      },
      changes: [contractsKey(account)],
      send: async command =>
        created(await send('POST', UNDO, { path: { account }, body: { contracts: toUndo }, command })),
      done: ({ contracts }) => t('contracts.undone', { count: contracts.length }),
      after: untick,
    });
  return (
    <>
      <button
        type="button"
        className="button small"
        disabled={toCancel.length === 0}
        onClick={() =>
          void navigate({
            to: at('/contracts/cancel') as never,
            search: { contracts: toCancel.join(',') } as never,
          })
        }
      >
        {t('contracts.cancel', { count: toCancel.length })}
      </button>
      <button
        type="button"
        className="button small"
        disabled={toUndo.length === 0}
        onClick={() => void undo()}
      >
        {t('contracts.undo', { count: toUndo.length })}
      </button>
    </>
  );
}
