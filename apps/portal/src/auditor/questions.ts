import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema.js';
import { answered, api, call } from '../api/client.js';
import { language } from '../words/index.js';

// What the pages of auditors ask the API, so that they share its answers.

type Schemas = components['schemas'];
export type LogEvent = Schemas['LogEvent'];
export type EventType = Schemas['EventType'];
export type Finding = Schemas['AuditFinding'];
export type Balance = Schemas['Balance'];
export type Lot = Balance['lots'][number];
export type TrialBalance = Schemas['TrialBalance'];
export type StaffAct = Schemas['StaffAct'];
export type Account = Schemas['Account'];
export type Difference = Schemas['Difference'];
export type Suspense = Schemas['Reconciliation']['suspense'];

/** An amount and its causes, each of the same form; calls below an invoice come without theirs. */
export interface Explanation {
  readonly id: string;
  readonly what: string;
  readonly whatJa: string;
  readonly amount: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly events: readonly { readonly position: number; readonly type: string; readonly stream: string }[];
  readonly causes: readonly Explanation[];
}

/** What an event says in the page's language. */
export const saidBy = (event: { descriptionJa: string; descriptionEn: string }): string =>
  language() === 'en' ? event.descriptionEn : event.descriptionJa;

/** Streams named by the hash of what somebody typed are shown without it, and cannot be asked for by it. */
export const hasHiddenName = (stream: string): boolean => stream.endsWith('(hidden)');

/** Events of the log, counted: their positions have no gaps. Also the last one itself. */
export const useHead = () =>
  useQuery({
    queryKey: ['events', 'head'],
    queryFn: async ({ signal }) => {
      const query = { limit: '8' };
      const { rows } = await answered(api.GET('/api/v1/events', { params: { query }, signal }));
      return { rows, head: rows[0]?.position ?? 0 };
    },
  });

export const useEventTypes = () =>
  useQuery({
    queryKey: ['event-types'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => answered(api.GET('/api/v1/event-types', { signal })),
  });

/** Debits and credits: of all accounts, or of one, now or as of an instant. */
export const useTrialBalance = (account?: string, asOf?: string) =>
  useQuery({
    queryKey: ['trial-balance', account, asOf],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = { ...(account && { account }), ...(asOf && { asOf }) };
      return answered(api.GET('/api/v1/trial-balance', { params: { query }, signal }));
    },
  });

export const explanationQuery = (id: string) => ({
  queryKey: ['explanation', id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call<Explanation>('GET', `/explanations/${encodeURIComponent(id)}`, { signal }),
});

/** Figures of people: 11,106. */
const COUNT = new Intl.NumberFormat('ja-JP');
export const countText = (count: number): string => COUNT.format(count);
