import { useQuery } from '@tanstack/react-query';
import { type Asking, ask, type Path, type Schemas } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { useAsk } from '../api/questions.js';

// What several pages of staff ask the API, so that they share its answer.

export type Account = Schemas['Account'];
export type Balance = Schemas['Balance'];
export type CloseMonth = Schemas['CloseMonth'];
export type CloseReport = Schemas['CloseReport'];
export type MonthReport = Schemas['MonthReport'];
export type CloseRow = MonthReport['rows'][number];
export type ImportRow = Schemas['Import'];
export type ImportReport = Schemas['ImportReport'];
export type Suspended = Schemas['SuspendedCdr'];
export type InvoiceRow = Schemas['InvoiceSummary'];
export type Job = Schemas['Job'];
export type Tariff = Schemas['Tariff'];
export type Product = Schemas['CatalogueProduct'];
export type PriceList = Schemas['PriceList'];

/** Rows of a page of a list. */
export const PAGE = '200';

export const useAccountOf = (account: string) =>
  useAsk(['account', account], '/api/v1/accounts/{account}', { path: { account } });

export const useBalanceOf = (account: string) =>
  useAsk(['balance', account], '/api/v1/accounts/{account}/balance', { path: { account } });

/** Issuer and the policies in force on a day of Japan; today without one. */
export const useCatalogue = (on = '') => useAsk(['catalogue', on], '/api/v1/catalogue', { query: { on } });

export const useTariffs = () => useAsk(['tariffs'], '/api/v1/tariffs', {});

/** Every version of every price list, and what becomes of it on a day; today without one. */
export const usePriceLists = (on: string) =>
  useAsk(['priceLists', on], '/api/v1/price-lists', { query: { on } });

export const useImports = () => useAsk(['imports'], '/api/v1/cdr-imports', {});

export const useMonths = () => useAsk(['closes'], '/api/v1/closes', {});

/** How many there are of something, as far as one page tells. */
export interface Count {
  readonly count: number;
  /** There are more than these. */
  readonly open: boolean;
}

const AT_MOST = '50';

/** Rows of the first page of a list. */
export const useCount = <P extends Path & ('/api/v1/jobs' | '/api/v1/suspense')>(
  name: string,
  path: P,
  query: Asking<P>['query'],
) =>
  useQuery({
    queryKey: [name, 'count'],
    queryFn: async ({ signal }): Promise<Count> => {
      const about = { query: { ...query, limit: AT_MOST } } as Asking<P>;
      const page: { rows: readonly object[]; next: string | null } = await ask(path, about, signal);
      return { count: page.rows.length, open: page.next !== null };
    },
  });

/** Whether the store takes writes; the reason when it does not. */
export const useHealth = () =>
  useQuery({
    queryKey: ['health'],
    refetchInterval: 30_000,
    queryFn: async ({ signal }): Promise<{ readonly writable: boolean; readonly reason: string }> => {
      const response = await fetch('/health/ready', { signal, cache: 'no-store' }).catch(() => null);
      if (response?.ok) return { writable: true, reason: '' };
      if (!response) throw new Problem({ status: 0, code: 'OFFLINE', detail: '' });
      const { code } = (await response.json().catch(() => ({}))) as { code?: string };
      return { writable: false, reason: code ?? `HTTP_${response.status}` };
    },
  });
