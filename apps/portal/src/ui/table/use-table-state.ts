import { useDeferredValue, useMemo, useState } from 'react';
import { useUrlState } from '../../app/url-state.js';
import { type Column, cellText } from './columns.js';
import { finder, folded } from './filtering.js';

export interface Sorting {
  readonly id: string;
  readonly desc: boolean;
}

/** Filter and order of a table stand in the address; which columns are chosen, this browser remembers. */
export function useTableState<Row>(name: string, columns: readonly Column<Row>[]) {
  const [search, set] = useUrlState();
  const sortText = search[`${name}.sort`] ?? '';
  const sorting = useMemo<readonly Sorting[]>(() => {
    const id = sortText.replace(/^-/, '');
    return columns.some(column => column.id === id) ? [{ id, desc: sortText.startsWith('-') }] : [];
  }, [sortText, columns]);
  const [shown, setShown] = useColumnChoice(name, columns);
  return {
    filter: search[`${name}.q`] ?? '',
    setFilter: (text: string) => set({ [`${name}.q`]: text || undefined }),
    sorting,
    /** Up, down, as it came. */
    sortBy: (id: string) => {
      const [now] = sorting;
      const next = now?.id !== id ? id : now.desc ? undefined : `-${id}`;
      set({ [`${name}.sort`]: next });
    },
    shown,
    setShown,
  };
}

function useColumnChoice<Row>(name: string, columns: readonly Column<Row>[]) {
  const key = `daicho.columns.${name}`;
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, boolean>;
    } catch {
      return {};
    }
  });
  const shown = useMemo(
    () => Object.fromEntries(columns.map(column => [column.id, chosen[column.id] ?? !column.hidden])),
    [columns, chosen],
  );
  const choose = (id: string, isShown: boolean) => {
    const next = { ...chosen, [id]: isShown };
    setChosen(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [shown, choose] as const;
}

/** The rows in which the filter is found. */
export function useFiltered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], filter: string) {
  const words = useDeferredValue(filter);
  // Made once per set of rows and only when somebody filters: 100,000 rows take a moment.
  const isAsked = words.trim() !== '';
  const haystacks = useMemo(
    () =>
      isAsked ? rows.map(row => folded(columns.map(column => cellText(column, row)).join('\u0000'))) : null,
    [isAsked, rows, columns],
  );
  return useMemo(() => {
    const isFound = finder(words);
    return haystacks && isFound ? rows.filter((_, i) => isFound(haystacks[i]!)) : rows;
  }, [rows, haystacks, words]);
}
