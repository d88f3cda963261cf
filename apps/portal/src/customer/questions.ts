import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { useAsk } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { thisMonth, today } from '../ui/time-text.js';

// What the pages of customers ask the API; each question in one place, so that pages share its answer.

export type Balance = Schemas['Balance'];
export type Lot = Schemas['Lot'];
export type Entry = Schemas['HistoryEntry'];
export type Statement = Schemas['Statement'];
export type InvoiceRow = Schemas['InvoiceSummary'];
export type CallFigures = Schemas['CallFigures'];
/** Answered calls of a month by day and category. */
export type Usage = Schemas['UsageByDay'];
/** The end of a business day. */
export type BalancePoint = Schemas['BalanceHistory']['points'][number];
export type Circle = Schemas['Circle'];
export type ForcedChange = Circle['forcedChange'];
export type Unique = Schemas['Unique'];

/** What lists of calls show when nothing is asked for: the running month. */
export const useUsualPeriod = () => ({ from: `${thisMonth()}-01`, to: today() });

export function useBalance() {
  const account = useAccount();
  return useAsk(['balance', account], '/api/v1/accounts/{account}/balance', { path: { account } });
}

/** @param from first business day @param to last business day, at most 400 days after the first */
export function useBalanceHistory(from: string, to: string) {
  const account = useAccount();
  return useAsk(['balance-history', account, from, to], '/api/v1/accounts/{account}/balance-history', {
    path: { account },
    query: { from, to },
  });
}

export function useUsage(month: string) {
  const account = useAccount();
  return useAsk(['usage', account, month], '/api/v1/accounts/{account}/usage', {
    path: { account },
    query: { month },
  });
}

/** The usage statement of a month; null where nothing was used. */
export function useStatement(month: string) {
  const account = useAccount();
  return useQuery({
    queryKey: ['statement', account, month],
    queryFn: async ({ signal }): Promise<{ readonly statement: Statement | null }> => {
      try {
        const path = { account, month };
        return { statement: await ask('/api/v1/accounts/{account}/statements/{month}', { path }, signal) };
      } catch (error) {
        if (error instanceof Problem && error.code === 'NO_SUCH_STATEMENT') return { statement: null };
        throw error;
      }
    },
  });
}

export function useAccountFacts() {
  const account = useAccount();
  return useAsk(['account', account], '/api/v1/accounts/{account}', { path: { account } });
}

export const circlesKey = (account: string) => ['circles', account] as const;

export function useCircles() {
  const account = useAccount();
  return useAsk(circlesKey(account), '/api/v1/accounts/{account}/circles', { path: { account } });
}

export function useCircle(circle: string) {
  const account = useAccount();
  return useAsk([...circlesKey(account), circle], '/api/v1/accounts/{account}/circles/{circle}', {
    path: { account, circle },
  });
}

/** The uniques of circles, those of each circle after the other. */
export function useUniques(circles: readonly string[]) {
  const account = useAccount();
  return useQuery({
    queryKey: [...circlesKey(account), 'uniques', ...circles],
    enabled: circles.length > 0,
    queryFn: async ({ signal }): Promise<readonly Unique[]> => {
      const route = '/api/v1/accounts/{account}/circles/{circle}/uniques';
      const lists = await Promise.all(
        circles.map(circle => ask(route, { path: { account, circle } }, signal)),
      );
      return lists.flatMap(list => list.rows);
    },
  });
}
