import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema.js';
import { answered, api, call } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { useAccount } from '../app/session.js';

// What the pages of customers ask the API; each question in one place, so that pages share its answer.

export type Balance = components['schemas']['Balance'];
export type Lot = components['schemas']['Lot'];
export type Entry = components['schemas']['HistoryEntry'];
export type Statement = components['schemas']['Statement'];
export type InvoiceRow = components['schemas']['InvoiceSummary'];

export interface CallFigures {
  readonly calls: number;
  readonly seconds: number;
  readonly net: string;
}
/** Answered calls of a month by day and category. */
export interface Usage {
  readonly month: string;
  readonly categories: readonly string[];
  readonly days: readonly {
    readonly day: string;
    readonly categories: Readonly<Record<string, CallFigures>>;
  }[];
  readonly total: CallFigures;
}
/** The end of a business day. */
export interface BalancePoint {
  readonly day: string;
  readonly posted: string;
  readonly charged: string;
  readonly spent: string;
  readonly expired: string;
}
export type ForcedChange = 'none' | 'warn' | 'force';
export interface Circle {
  readonly circle: string;
  readonly name: string;
  readonly loginId: string;
  readonly representative: boolean;
  readonly forcedChange: ForcedChange;
  readonly createdAt: string;
  readonly uniques: number;
}
export interface Unique {
  readonly unique: string;
  readonly circle: string;
  readonly name: string;
  readonly loginId: string;
  readonly numbers: readonly string[];
  readonly createdAt: string;
}

/** `?from=2026-10-01&class=mobile`; what is empty is left out. */
export function queryText(query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set as [string, string][])}`;
}

/** The path of something of an account, below /api/v1. */
export const ofAccount = (account: string, path: string): string =>
  `/accounts/${encodeURIComponent(account)}${path}`;

export function useBalance() {
  const account = useAccount();
  return useQuery({
    queryKey: ['balance', account],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/accounts/{account}/balance', { params: { path: { account } }, signal })),
  });
}

/** @param from first business day @param to last business day, at most 400 days after the first */
export function useBalanceHistory(from: string, to: string) {
  const account = useAccount();
  return useQuery({
    queryKey: ['balance-history', account, from, to],
    queryFn: ({ signal }) =>
      call<{ points: readonly BalancePoint[] }>(
        'GET',
        ofAccount(account, `/balance-history${queryText({ from, to })}`),
        { signal },
      ),
  });
}

export function useUsage(month: string) {
  const account = useAccount();
  return useQuery({
    queryKey: ['usage', account, month],
    queryFn: ({ signal }) =>
      call<Usage>('GET', ofAccount(account, `/usage${queryText({ month })}`), { signal }),
  });
}

/** The usage statement of a month; null where nothing was used. */
export function useStatement(month: string) {
  const account = useAccount();
  return useQuery({
    queryKey: ['statement', account, month],
    queryFn: async ({ signal }): Promise<{ readonly statement: Statement | null }> => {
      try {
        return {
          statement: await call<Statement>('GET', ofAccount(account, `/statements/${month}`), { signal }),
        };
      } catch (error) {
        if (error instanceof Problem && error.code === 'NO_SUCH_STATEMENT') return { statement: null };
        throw error;
      }
    },
  });
}

export function useAccountFacts() {
  const account = useAccount();
  return useQuery({
    queryKey: ['account', account],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/accounts/{account}', { params: { path: { account } }, signal })),
  });
}

export const circlesKey = (account: string) => ['circles', account] as const;

export function useCircles() {
  const account = useAccount();
  return useQuery({
    queryKey: circlesKey(account),
    queryFn: ({ signal }) =>
      call<{ rows: readonly Circle[] }>('GET', ofAccount(account, '/circles'), { signal }),
  });
}

export function useCircle(circle: string) {
  const account = useAccount();
  return useQuery({
    queryKey: [...circlesKey(account), circle],
    queryFn: ({ signal }) =>
      call<Circle>('GET', ofAccount(account, `/circles/${encodeURIComponent(circle)}`), { signal }),
  });
}

/** The uniques of circles, those of each circle after the other. */
export function useUniques(circles: readonly string[]) {
  const account = useAccount();
  return useQuery({
    queryKey: [...circlesKey(account), 'uniques', ...circles],
    enabled: circles.length > 0,
    queryFn: async ({ signal }): Promise<readonly Unique[]> => {
      const path = (circle: string) => ofAccount(account, `/circles/${encodeURIComponent(circle)}/uniques`);
      const lists = await Promise.all(
        circles.map(circle => call<{ rows: readonly Unique[] }>('GET', path(circle), { signal })),
      );
      return lists.flatMap(list => list.rows);
    },
  });
}
