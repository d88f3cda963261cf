import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema.js';
import { answered, api, call } from '../api/client.js';
import { Problem } from '../api/problem.js';

// What several pages of staff ask the API, so that they share its answer.

type Schemas = components['schemas'];
export type Account = Schemas['Account'];
export type Balance = Schemas['Balance'];
export type CloseMonth = Schemas['CloseMonth'];
export type CloseReport = Schemas['CloseReport'];
export type MonthReport = Schemas['MonthReport'];
export type CloseRow = MonthReport['rows'][number];
export type ImportRow = Schemas['Import'];
export type ImportReport = Schemas['ImportReport'];
export type Suspended = Schemas['SuspendedCdr'];
export type RetryReport = Schemas['RetryReport'];
export type InvoiceRow = Schemas['InvoiceSummary'];
export type Job = Schemas['Job'];
export type Tariff = Schemas['Tariff'];

export const pathOf = ({ account }: Account, rest: string): string =>
  `/accounts/${encodeURIComponent(account)}${rest}`;

/** Rows of a page of a list. */
export const PAGE = '200';

/** `?from=2026-10-01&most=500`; what is empty is left out. */
export function queryText(query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set as [string, string][])}`;
}

export const useAccountOf = (account: string) =>
  useQuery({
    queryKey: ['account', account],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/accounts/{account}', { params: { path: { account } }, signal })),
  });

export const useBalanceOf = (account: string) =>
  useQuery({
    queryKey: ['balance', account],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/accounts/{account}/balance', { params: { path: { account } }, signal })),
  });

/** Issuer and the policies in force on a day of Japan; today without one. */
export const useCatalogue = (day?: string) =>
  useQuery({
    queryKey: ['catalogue', day ?? ''],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/catalogue', { params: { query: { ...(day && { on: day }) } }, signal })),
  });

export const useTariffs = () =>
  useQuery({
    queryKey: ['tariffs'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/tariffs', { signal })),
  });

export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/cdr-imports', { signal })),
  });

export const useMonths = () =>
  useQuery({
    queryKey: ['closes'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/closes', { signal })),
  });

/** How many there are of something, as far as one page tells. */
export interface Count {
  readonly count: number;
  /** There are more than these. */
  readonly open: boolean;
}

const AT_MOST = '50';

/** Rows of the first page of a list. */
export const useCount = (name: string, path: string) =>
  useQuery({
    queryKey: [name, 'count'],
    queryFn: async ({ signal }): Promise<Count> => {
      const sign = path.includes('?') ? '&' : '?';
      const page = await call<{ rows: readonly unknown[]; next: string | null }>(
        'GET',
        `${path}${sign}limit=${AT_MOST}`,
        { signal },
      );
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
